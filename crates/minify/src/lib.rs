//! Script as it is shipped: the same behaviour in fewer bytes. For build scripts, never at run time.
//!
//! The straight line: [`minify`] puts [`Source`]s together, parses them as one classic script, holds
//! them against the [`Syntax`] that they may use, and prints them with short names and without
//! comments, blanks and dead code. A mistake is a [`Fault`] with its file and line.

mod newer;

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

/// A file of a script, or a part of one: what it declares, the next may use.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file's name, as faults tell it.
    pub name: &'a str,
    /// What stands in it.
    pub text: &'a str,
}

/// What a script may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// ECMAScript 2015 and no more, for old web-views. Names of built-in functions are not looked at.
    Es2015,
    /// Whatever can be parsed.
    Any,
}

/// What is wrong with a script, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct Fault {
    /// The name of the [`Source`].
    pub file: String,
    /// The line in it, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

/// The sources as one classic script on one line: nothing newer than ES2015 is written that the
/// sources do not use, names at the top stay, free names stay.
///
/// ```
/// use zhiqing_minify::{Source, Syntax, minify};
///
/// let source = Source {
///     name: "greet.js",
///     text: "// Says hello.\n(() => {\n  const name = PLACE;\n  greet(name, name);\n})();\n",
/// };
/// let script = minify(&[source], Syntax::Es2015)?;
/// assert_eq!(script, "(()=>{let e=PLACE;greet(e,e)})();");
/// # Ok::<(), zhiqing_minify::Fault>(())
/// ```
///
/// # Errors
/// The first mistake: what cannot be parsed, a name that is declared twice, or syntax newer than is
/// allowed.
pub fn minify(sources: &[Source<'_>], syntax: Syntax) -> Result<String, Fault> {
    let text: String = sources.iter().map(|source| source.text).collect();
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &text, SourceType::script()).parse();
    let mut program = parsed.program;
    let mut mistakes = parsed.diagnostics;
    if mistakes.is_empty() {
        // What needs the scopes to be seen, as a name that is declared twice.
        let checked = SemanticBuilder::new()
            .with_check_syntax_error(true)
            .build(&program);
        mistakes = checked.diagnostics;
    }
    if let Some(mistake) = mistakes.first() {
        // Of a name that is declared twice, the later place is the mistake.
        let at = mistake
            .labels
            .iter()
            .map(|label| label.offset() as usize)
            .max();
        return Err(fault(sources, at.unwrap_or(0), mistake.to_string()));
    }
    if syntax == Syntax::Es2015
        && let Some((at, what)) = newer::first(&program)
    {
        let message = format!("{what} is newer than ES2015, which old web-views read");
        return Err(fault(sources, at, message));
    }
    Ok(smaller(&allocator, &mut program))
}

fn smaller<'a>(allocator: &'a Allocator, program: &mut Program<'a>) -> String {
    let compress = CompressOptions {
        target: EngineTargets::from_target("es2015").expect("a target that is known"),
        ..CompressOptions::smallest()
    };
    let options = MinifierOptions {
        compress: Some(compress),
        ..MinifierOptions::default()
    };
    let done = Minifier::new(options).minify(allocator, program);
    let printed = Codegen::new()
        .with_options(small_print())
        .with_scoping(done.scoping)
        .build(program)
        .code;
    quoted(allocator, printed)
}

fn small_print() -> CodegenOptions {
    CodegenOptions {
        minify: true,
        comments: CommentOptions::disabled(),
        ..CodegenOptions::default()
    }
}

/// The same script with its strings in double quotes where nothing in them minds: a compressor finds
/// them again in the JSON and the markup beside it. Backticks that are no strings' (in a regular
/// expression, say) would mix them up, so the script must read as before.
fn quoted(allocator: &Allocator, script: String) -> String {
    let mut parts = script.split('`');
    let mut text = parts.next().unwrap_or_default().to_owned();
    while let (Some(inside), Some(behind)) = (parts.next(), parts.next()) {
        let plain = !inside.contains(['"', '\\', '$', '\n']);
        let quote = if plain { '"' } else { '`' };
        text.extend([quote]);
        text += inside;
        text.extend([quote]);
        text += behind;
    }
    match printed_anew(allocator, &text) {
        Some(again) if Some(&again) == printed_anew(allocator, &script).as_ref() => text,
        _ => script,
    }
}

fn printed_anew(allocator: &Allocator, script: &str) -> Option<String> {
    let text = allocator.alloc_str(script);
    let parsed = Parser::new(allocator, text, SourceType::script()).parse();
    let printed = || {
        Codegen::new()
            .with_options(small_print())
            .build(&parsed.program)
            .code
    };
    parsed.diagnostics.is_empty().then(printed)
}

/// The place `at`, counted in bytes over all sources, in the file where it lies.
fn fault(sources: &[Source<'_>], mut at: usize, message: String) -> Fault {
    for source in sources {
        if at < source.text.len() {
            let before = &source.text.as_bytes()[..at];
            return Fault {
                file: source.name.to_owned(),
                line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
                message,
            };
        }
        at -= source.text.len();
    }
    // Behind all of them: something was not closed.
    let last = sources.last();
    Fault {
        file: last.map_or("", |last| last.name).to_owned(),
        line: last.map_or(1, |last| last.text.lines().count().max(1)),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str], syntax: Syntax) -> Result<String, String> {
        let names = ["one.js", "two.js"];
        let sources: Vec<_> = names
            .iter()
            .zip(texts)
            .map(|(name, text)| Source { name, text })
            .collect();
        minify(&sources, syntax).map_err(|fault| format!("{}:{}", fault.file, fault.line))
    }

    #[test]
    fn a_mistake_is_told_with_its_file_and_line() {
        #[track_caller]
        fn case(texts: &[&str], place: &str) {
            assert_eq!(of(texts, Syntax::Any), Err(place.to_owned()), "{texts:?}");
        }
        case(&["let a;\nlet = = 1;\n"], "one.js:2");
        case(&["(() => {\n", "a b;\n})();\n"], "two.js:1");
        case(
            &["const a = 1;\nb(a);\n", "c();\nconst a = 2;\n"],
            "two.js:2",
        );
        case(&["(() => {\n", "a();\n"], "two.js:1");
    }

    #[test]
    fn nothing_newer_is_written_than_was_read() {
        #[track_caller]
        fn case(line: &str) {
            let found = of(&[line], Syntax::Es2015).expect(line);
            assert_eq!(of(&[&found], Syntax::Es2015).as_ref(), Ok(&found));
        }
        case("try { a(); } catch (_) { b(); }");
        case("c(a === null || a === undefined ? b : a);");
        case("a === null || a === undefined || a.b();");
        case("a && a.b();");
        case("if (!a) a = b;");
        case("c(Math.pow(a, b));");
    }
}
