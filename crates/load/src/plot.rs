//! Lines over the size of a ledger, as SVG: calm, and readable on light and dark ground.

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 340.0;
/// Room for what stands beside the lines.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 96.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = 48.0;

/// One line of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Stands at its end.
    pub name: String,
    /// Sizes and what was measured at them.
    pub points: Vec<(f64, f64)>,
}

/// What is wanted: a line across.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// Stands on it.
    pub name: String,
    /// Where it is.
    pub value: f64,
}

/// Lines over the number of records, which grows by powers of ten; upwards from nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Stands above.
    pub title: String,
    /// At most two: each has a form and a colour of its own.
    pub lines: Vec<Line>,
    /// What is wanted.
    pub bound: Option<Bound>,
}

/// Colours on light ground and on dark. Each line differs by its marks, too.
const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#333}.title{font-size:15px;font-weight:600}\
.grid{stroke:#8884;fill:none}.bound{stroke:#777;stroke-dasharray:5 4;fill:none}\
.line{stroke-width:2;fill:none}.a{stroke:#2f6690}.b{stroke:#b5651d}.a.mark{fill:#2f6690}\
.b.mark{fill:#b5651d}.end{text-anchor:end}.middle{text-anchor:middle}\
@media(prefers-color-scheme:dark){text{fill:#ddd}.a{stroke:#7fb2dd}.b{stroke:#e2a566}\
.a.mark{fill:#7fb2dd}.b.mark{fill:#e2a566}.bound{stroke:#999}}";

impl Plot {
    /// The plot as a file.
    pub fn svg(&self) -> String {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let (least, most) = points().fold((f64::MAX, 1.0_f64), |(least, most), &(size, _)| {
            (least.min(size), most.max(size))
        });
        let decades = (least.max(1.0).log10().floor(), most.log10().ceil());
        // One decade at least, or there is no width.
        let decades = (decades.0.min(decades.1 - 1.0), decades.1);
        let highest = points().fold(0.0_f64, |highest, &(_, value)| highest.max(value));
        let highest = self
            .bound
            .iter()
            .fold(highest, |highest, bound| highest.max(bound.value));
        let step = step(highest);
        let top = (highest / step).ceil().max(1.0) * step;
        let (right, ground) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
        let x = |size: f64| {
            LEFT + (size.max(1.0).log10() - decades.0) / (decades.1 - decades.0) * (right - LEFT)
        };
        let y = |value: f64| ground - value / top * (ground - TOP);

        let title = escaped(&self.title);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
             aria-label=\"{title}\">\n<style>{STYLE}</style>\n\
             <text class=\"title\" x=\"{LEFT}\" y=\"24\">{title}</text>\n"
        );
        let mut add = |line: String| {
            svg.push_str(&line);
            svg.push('\n');
        };
        let steps = (top / step).round() as u32;
        for at in (0..=steps).map(|number| f64::from(number) * step) {
            let y = y(at);
            add(format!(
                "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{right}\"/>"
            ));
            let (x, y) = (LEFT - 8.0, y + 4.5);
            add(format!(
                "<text class=\"end\" x=\"{x}\" y=\"{y:.1}\">{}</text>",
                grouped(at)
            ));
        }
        for decade in decades.0 as i32..=decades.1 as i32 {
            let (x, y) = (x(10_f64.powi(decade)), ground + 20.0);
            let power: String = decade.to_string().chars().map(raised).collect();
            add(format!(
                "<text class=\"middle\" x=\"{x:.1}\" y=\"{y}\">10{power}</text>"
            ));
        }
        let (middle, below) = (f64::midpoint(LEFT, right), HEIGHT - 8.0);
        add(format!(
            "<text class=\"middle\" x=\"{middle}\" y=\"{below}\">records</text>"
        ));
        if let Some(bound) = &self.bound {
            let y = y(bound.value);
            add(format!(
                "<path class=\"bound\" d=\"M{LEFT} {y:.1}H{right}\"/>"
            ));
            let (name, above) = (escaped(&bound.name), y - 6.0);
            add(format!(
                "<text x=\"{}\" y=\"{above:.1}\">{name}</text>",
                LEFT + 6.0
            ));
        }
        for (line, class) in self.lines.iter().zip(["a", "b"]) {
            let at = line.points.iter().map(|&(size, value)| (x(size), y(value)));
            let at: Vec<(f64, f64)> = at.collect();
            let corners: Vec<String> = at.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
            add(format!(
                "<path class=\"line {class}\" d=\"M{}\"/>",
                corners.join("L")
            ));
            for &(x, y) in &at {
                add(match class {
                    "a" => {
                        format!("<circle class=\"mark a\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>")
                    }
                    _ => {
                        let (x, y) = (x - 4.0, y - 4.0);
                        format!("<path class=\"mark b\" d=\"M{x:.1} {y:.1}h8v8h-8z\"/>")
                    }
                });
            }
            if let Some(&(x, y)) = at.last() {
                let (x, y, name) = (x + 10.0, y + 4.5, escaped(&line.name));
                add(format!("<text x=\"{x:.1}\" y=\"{y:.1}\">{name}</text>"));
            }
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// The distance of lines across: 1, 2 or 5 of a power of ten, so that there are four to nine.
fn step(highest: f64) -> f64 {
    let rough = (highest / 8.0).max(1e-3);
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= rough);
    factor.unwrap_or(10.0) * power
}

/// A number as it is read: 15 000, 0.5.
fn grouped(number: f64) -> String {
    if number.fract().abs() > 1e-9 {
        let text = format!("{number:.3}");
        return text.trim_end_matches('0').to_owned();
    }
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

fn raised(digit: char) -> char {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digit
        .to_digit(10)
        .map_or('⁻', |digit| digits[digit as usize])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        for (highest, expected) in [(15_000.0, 2_000.0), (50.0, 10.0), (5.0, 1.0), (0.9, 0.2)] {
            let step = step(highest);
            assert!((step - expected).abs() < 1e-9, "{highest}: {step}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0.0, "0"),
            (0.5, "0.5"),
            (2000.0, "2000"),
            (15_000.0, "15\u{202f}000"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_plot_has_its_lines_at_their_places() {
        let plot = Plot {
            title: "Rate <&>".into(),
            lines: vec![
                Line {
                    name: "SQLite".into(),
                    points: vec![(1e4, 100.0), (1e6, 50.0)],
                },
                Line {
                    name: "PostgreSQL".into(),
                    points: vec![(1e4, 0.0)],
                },
            ],
            bound: Some(Bound {
                name: "wanted".into(),
                value: 80.0,
            }),
        };
        let svg = plot.svg();
        assert!(svg.contains("Rate &lt;&amp;>"), "{svg}");
        // From the left at the top to the right in the middle; nothing lies on the ground.
        assert!(svg.contains("d=\"M64.0 48.0L544.0 170.0\""), "{svg}");
        assert!(svg.contains("d=\"M60.0 288.0h8v8h-8z\""), "{svg}");
        for power in ["10⁴", "10⁵", "10⁶"] {
            assert!(svg.contains(power), "{svg}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
