//! Syntax that came after ECMAScript 2015.

use oxc_ast::AstKind;
use oxc_ast::ast::{ObjectPropertyKind, Program, RegExpFlags};
use oxc_ast_visit::Visit;
use oxc_span::GetSpan;
use oxc_syntax::operator::{AssignmentOperator, BinaryOperator};

/// The first of it in a script: how many bytes lie before, and what it is.
pub(crate) fn first(program: &Program<'_>) -> Option<(usize, &'static str)> {
    let mut finder = Finder { found: None };
    finder.visit_program(program);
    finder.found
}

struct Finder {
    found: Option<(usize, &'static str)>,
}

impl<'a> Visit<'a> for Finder {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        let at = kind.span().start as usize;
        if let Some(what) = newer(&kind)
            && self.found.is_none_or(|(found, _)| at < found)
        {
            self.found = Some((at, what));
        }
    }
}

fn newer(kind: &AstKind<'_>) -> Option<&'static str> {
    let what = match kind {
        AstKind::BinaryExpression(it) if it.operator == BinaryOperator::Exponential => "**",
        AstKind::AssignmentExpression(it) if it.operator == AssignmentOperator::Exponential => {
            "**="
        }
        AstKind::AssignmentExpression(it) if it.operator.is_logical() => "a logical assignment",
        AstKind::LogicalExpression(it) if it.operator.is_coalesce() => "??",
        AstKind::ChainExpression(_) => "?.",
        AstKind::CatchClause(it) if it.param.is_none() => "catch without (_)",
        AstKind::Function(it) if it.r#async => "async",
        AstKind::ArrowFunctionExpression(it) if it.r#async => "async",
        AstKind::AwaitExpression(_) => "await",
        AstKind::ForOfStatement(it) if it.r#await => "for await",
        AstKind::ObjectExpression(it) if it.properties.iter().any(is_spread) => "... in an object",
        AstKind::ObjectPattern(it) if it.rest.is_some() => "... in an object",
        AstKind::ObjectAssignmentTarget(it) if it.rest.is_some() => "... in an object",
        AstKind::PropertyDefinition(_) => "a field of a class",
        AstKind::StaticBlock(_) => "a static block",
        AstKind::PrivateIdentifier(_) => "a private name",
        AstKind::ImportExpression(_) => "import()",
        AstKind::BigIntLiteral(_) => "a BigInt",
        AstKind::NumericLiteral(it) if it.raw.is_some_and(|raw| raw.contains('_')) => {
            "_ in a number"
        }
        AstKind::RegExpLiteral(it) => {
            let flags = RegExpFlags::S | RegExpFlags::D | RegExpFlags::V;
            let pattern = &it.regex.pattern.text;
            let parts = ["(?<", r"\p{", r"\P{"];
            if !it.regex.flags.intersects(flags) && !parts.iter().any(|part| pattern.contains(part))
            {
                return None;
            }
            "this regular expression"
        }
        _ => return None,
    };
    Some(what)
}

fn is_spread(property: &ObjectPropertyKind<'_>) -> bool {
    matches!(property, ObjectPropertyKind::SpreadProperty(_))
}

#[cfg(test)]
mod tests {
    use crate::{Source, Syntax, minify};

    #[test]
    fn what_came_after_es2015_is_refused_where_that_is_the_rule() {
        #[track_caller]
        fn case(line: &str, newer: Option<&str>) {
            let text = format!("start();\n{line}\nend(() => 1);\n");
            let source = Source {
                name: "a.js",
                text: &text,
            };
            let expected = newer.map(|what| {
                format!("a.js:2: {what} is newer than ES2015, which old web-views read")
            });
            let found = minify(&[source], Syntax::Es2015).err();
            assert_eq!(found.map(|fault| fault.to_string()), expected, "{line}");
            assert!(minify(&[source], Syntax::Any).is_ok(), "{line}");
        }
        case("a ** b;", Some("**"));
        case("a **= b;", Some("**="));
        case("a ||= b;", Some("a logical assignment"));
        case("a ?? b;", Some("??"));
        case("a?.b;", Some("?."));
        case("try { a(); } catch { b(); }", Some("catch without (_)"));
        case("async function a() {}", Some("async"));
        case("a(async () => 1);", Some("async"));
        case("({ ...a });", Some("... in an object"));
        case("const { a, ...b } = c;", Some("... in an object"));
        case("({ a, ...b } = c);", Some("... in an object"));
        case("class A { b = 1; }", Some("a field of a class"));
        case("class A { static { b(); } }", Some("a static block"));
        case("class A { #b() {} }", Some("a private name"));
        case("import('a');", Some("import()"));
        case("a(1n);", Some("a BigInt"));
        case("a(1_000);", Some("_ in a number"));
        case("a(/b/s);", Some("this regular expression"));
        case("a(/(?<=b)c/);", Some("this regular expression"));
        case(r"a(/\p{L}/u);", Some("this regular expression"));

        case("try { a(); } catch (_) { b(); }", None);
        case("class A extends B { static get c() { return 1; } }", None);
        case("const { a, b = 1 } = c; const [d, ...e] = f(...g);", None);
        case("for (const a of b) c(`${a}`); d = (a, ...b) => b;", None);
        case("a(/^(?:b|c)(?=d)$/uy, 0b11, 1000);", None);
    }
}
