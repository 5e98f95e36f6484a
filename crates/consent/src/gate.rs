//! What may load, be kept or be sent under a decision, and what must be erased after a withdrawal.
//!
//! The guard in the page, the module and the server layer all ask here or, where they run before
//! the module (the guard), are tested against this.

use crate::rules::{self, Conditions};
use crate::{Decision, Mode, Notice, Technology, Tracker, Use};

/// Why something is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// It may pass: no tracker claims it, or its purpose is granted and its technology not refused.
    Pass,
    /// This tracker claims it and its purpose is not granted, or its technology is refused.
    Held(&'a Tracker),
    /// Nobody declared it, and the site works strictly.
    Undeclared,
    /// It may pass, but not with what the browser's cache remembers: its purpose is granted and `etag`
    /// refused.
    Uncached,
}

/// Enforces a decision, or the lack of one.
#[derive(Clone, Copy, Debug)]
pub struct Gate<'a> {
    notice: &'a Notice,
    decision: Option<&'a Decision>,
    under: Conditions,
}

impl<'a> Gate<'a> {
    /// A gate for `decision`; `None` is undecided, and nothing optional passes.
    pub fn new(notice: &'a Notice, decision: Option<&'a Decision>) -> Self {
        Self {
            notice,
            decision,
            under: Conditions::default(),
        }
    }

    /// The same gate where the browser signals Global Privacy Control, or does not (rule 7).
    #[must_use]
    pub fn signalled(mut self, gpc: bool) -> Self {
        self.under.gpc = gpc;
        self
    }

    /// Whether a purpose may use a technology: the purpose is granted, the technology not refused.
    pub fn allows(&self, purpose: &str, technology: Technology) -> bool {
        let purpose = self.notice.purpose(purpose);
        let refused = self
            .decision
            .is_some_and(|decision| decision.refused().contains(technology));
        match purpose {
            Some(purpose) if !purpose.basis.is_asked() => true,
            Some(purpose) => !refused && rules::is_allowed(purpose, self.decision, self.under),
            None => false,
        }
    }

    /// What happens to a write of the key `key` by script or by a response header.
    ///
    /// Our own keys begin with `zq` and always pass.
    pub fn judge_key(&self, technology: Technology, key: &str) -> Verdict<'a> {
        if key.starts_with("zq") || self.notice.mode == Mode::Report {
            return Verdict::Pass;
        }
        let mut claimed = false;
        for tracker in self
            .notice
            .trackers
            .iter()
            .filter(|t| claims(t, technology, key))
        {
            if !self.allows(&tracker.purpose, technology) {
                return Verdict::Held(tracker);
            }
            claimed = true;
        }
        match (claimed, self.notice.mode) {
            (false, Mode::Strict) => Verdict::Undeclared,
            _ => Verdict::Pass,
        }
    }

    /// What happens to a load from, or a send to, an address, by whatever a page does it with.
    ///
    /// `way` is the technology that acts, which may be another than the one that was declared: trackers
    /// fall back from one to the next. So a use of any technology claims its addresses. Where the very
    /// way is declared, its refusal counts; where it is not, the refusal of what is declared does.
    /// `etag` says of addresses that their answers identify: refused, requests go past the cache, and
    /// what cannot, as a tag, is held back.
    ///
    /// `address` is host and path, without scheme, port and query. `own` is whether it is of the site's
    /// own origins; all else is a third party's to a site that works strictly.
    pub fn judge_address(&self, way: Technology, address: &str, own: bool) -> Verdict<'a> {
        if self.notice.mode == Mode::Report {
            return Verdict::Pass;
        }
        let trackers = self.notice.trackers.iter();
        let uses =
            trackers.flat_map(|tracker| tracker.uses.iter().map(move |used| (tracker, used)));
        let mut claims = uses.filter(|(_, used)| {
            !used.technology.is_store() && used.patterns.iter().any(|glob| glob.matches(address))
        });
        let (mut claimed, mut declared, mut uncached) = (false, false, false);
        let mut refused = None;
        let held = claims.find_map(|(tracker, used)| {
            claimed = true;
            if !self.allows(&tracker.purpose, way) {
                return Some(tracker);
            }
            if used.technology == way {
                declared = true;
            } else if !self.allows(&tracker.purpose, used.technology) {
                match (used.technology, way) {
                    (Technology::Etag, Technology::Request) => uncached = true,
                    (Technology::Etag, _) => return Some(tracker),
                    _ => refused = refused.or(Some(tracker)),
                }
            }
            None
        });
        match held.or(refused.filter(|_| !declared)) {
            Some(tracker) => Verdict::Held(tracker),
            None if !claimed && !own && self.notice.mode == Mode::Strict => Verdict::Undeclared,
            None if uncached => Verdict::Uncached,
            None => Verdict::Pass,
        }
    }

    /// The uses that may leave nothing behind under this decision: what they stored is to be
    /// erased, whether it was granted once and is withdrawn now, or got there before we did.
    pub fn forbidden(&self) -> impl Iterator<Item = &'a Use> + use<'a> {
        let gate = *self;
        let uses = self
            .notice
            .trackers
            .iter()
            .flat_map(|t| t.uses.iter().map(move |u| (t, u)));
        uses.filter(move |(tracker, used)| {
            gate.notice.mode != Mode::Report && !gate.allows(&tracker.purpose, used.technology)
        })
        .map(|(_, used)| used)
    }
}

fn claims(tracker: &Tracker, technology: Technology, key: &str) -> bool {
    tracker.uses.iter().any(|used| {
        used.technology == technology && used.patterns.iter().any(|pattern| pattern.matches(key))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Technologies;
    use crate::rules::{Act, decide, tests::notice};
    use crate::{Glob, Mode, Use};

    fn with_trackers(mode: Mode) -> Notice {
        let tracker = |id: &str, purpose: &str, technology, pattern: &str| Tracker {
            id: id.into(),
            vendor: id.into(),
            purpose: purpose.into(),
            uses: vec![Use {
                technology,
                patterns: vec![Glob::new(pattern)],
            }],
            signals: Default::default(),
        };
        Notice {
            mode,
            trackers: vec![
                tracker("tongji", "analytics", Technology::Cookie, "Hm_lvt_*"),
                tracker("aplus", "ads", Technology::LocalStorage, "cna"),
                tracker("login", "service", Technology::Cookie, "session"),
            ],
            ..notice()
        }
    }

    #[track_caller]
    fn case(mode: Mode, act: Option<Act>, technology: Technology, key: &str, passes: bool) {
        let notice = with_trackers(mode);
        let decision = act.map(|act| decide(&notice, None, &act, 0));
        let verdict = Gate::new(&notice, decision.as_ref()).judge_key(technology, key);
        assert_eq!(
            verdict == Verdict::Pass,
            passes,
            "{mode:?} {decision:?} {key}: {verdict:?}"
        );
    }

    #[test]
    fn keys_pass_by_decision_and_mode() {
        use Technology::{Cookie, LocalStorage};
        let refusing = |technology| Act::Save {
            granted: vec!["analytics".into(), "ads".into()],
            confirmed: vec![],
            refused: Technologies::from([technology]),
        };
        case(Mode::Listed, None, Cookie, "Hm_lvt_1", false);
        case(Mode::Listed, None, Cookie, "cart", true);
        case(Mode::Listed, None, Cookie, "session", true);
        case(Mode::Listed, None, Cookie, "zq", true);
        case(
            Mode::Listed,
            Some(Act::RejectAll),
            Cookie,
            "Hm_lvt_1",
            false,
        );
        case(Mode::Listed, Some(Act::AcceptAll), Cookie, "Hm_lvt_1", true);
        case(
            Mode::Listed,
            Some(Act::AcceptAll),
            LocalStorage,
            "cna",
            true,
        );
        case(
            Mode::Listed,
            Some(refusing(Cookie)),
            Cookie,
            "Hm_lvt_1",
            false,
        );
        case(
            Mode::Listed,
            Some(refusing(Cookie)),
            Cookie,
            "session",
            true,
        );
        case(
            Mode::Listed,
            Some(refusing(Cookie)),
            LocalStorage,
            "cna",
            true,
        );
        case(Mode::Strict, None, Cookie, "cart", false);
        case(Mode::Strict, None, Cookie, "session", true);
        case(Mode::Strict, None, Cookie, "zq", true);
        case(Mode::Strict, Some(Act::AcceptAll), Cookie, "cart", false);
        case(Mode::Report, None, Cookie, "Hm_lvt_1", true);
    }

    #[test]
    fn addresses_pass_by_purpose_way_and_mode() {
        use Technology::{Beacon, Etag, Iframe, Pixel, Request, Script};
        let used = |technology, pattern: &str| Use {
            technology,
            patterns: vec![Glob::new(pattern)],
        };
        let tracker = |purpose: &str, uses| Tracker {
            id: purpose.into(),
            vendor: purpose.into(),
            purpose: purpose.into(),
            uses,
            signals: Default::default(),
        };
        let claiming = |mode| Notice {
            mode,
            trackers: vec![
                tracker(
                    "analytics",
                    vec![
                        used(Script, "t.cn/s.js"),
                        used(Pixel, "t.cn/hit"),
                        used(Beacon, "t.cn/hit"),
                        used(Etag, "t.cn/id*"),
                        used(Request, "t.cn/id.json"),
                        used(Pixel, "t.cn/px"),
                    ],
                ),
                tracker("service", vec![used(Request, "pay.cn/*")]),
            ],
            ..notice()
        };
        let refusing = |technology| {
            Some(Act::Save {
                granted: vec!["analytics".into()],
                confirmed: vec![],
                refused: Technologies::from([technology]),
            })
        };
        #[track_caller]
        fn case(
            notice: &Notice,
            act: Option<Act>,
            (way, address, own): (Technology, &str, bool),
            expected: &str,
        ) {
            let decision = act.map(|act| decide(notice, None, &act, 0));
            let gate = Gate::new(notice, decision.as_ref());
            let found = match gate.judge_address(way, address, own) {
                Verdict::Held(tracker) => tracker.purpose.clone(),
                other => format!("{other:?}"),
            };
            assert_eq!(found, expected, "{decision:?} {way:?} {address}");
        }
        let (listed, strict) = (claiming(Mode::Listed), claiming(Mode::Strict));
        let all = || Some(Act::AcceptAll);
        case(&listed, None, (Script, "t.cn/s.js", false), "analytics");
        // By another way than the declared one, too.
        case(&listed, None, (Request, "t.cn/hit", false), "analytics");
        case(&listed, None, (Iframe, "t.cn/s.js", false), "analytics");
        case(&listed, None, (Script, "other.cn/s.js", false), "Pass");
        case(&listed, None, (Request, "pay.cn/a", false), "Pass");
        case(&listed, all(), (Script, "t.cn/s.js", false), "Pass");
        case(&strict, all(), (Script, "t.cn/s.js", false), "Pass");
        case(
            &strict,
            all(),
            (Script, "other.cn/s.js", false),
            "Undeclared",
        );
        case(&strict, None, (Script, "m.shop.cn/s.js", true), "Pass");
        // A refused technology, where both are declared and where only the refused one is.
        case(
            &listed,
            refusing(Pixel),
            (Pixel, "t.cn/hit", false),
            "analytics",
        );
        case(
            &listed,
            refusing(Pixel),
            (Beacon, "t.cn/hit", false),
            "Pass",
        );
        case(
            &listed,
            refusing(Pixel),
            (Request, "t.cn/px", false),
            "analytics",
        );
        case(
            &listed,
            refusing(Beacon),
            (Pixel, "t.cn/hit", false),
            "Pass",
        );
        case(
            &listed,
            refusing(Etag),
            (Request, "t.cn/id.json", false),
            "Uncached",
        );
        case(
            &listed,
            refusing(Etag),
            (Script, "t.cn/id.js", false),
            "analytics",
        );
        case(&listed, all(), (Request, "t.cn/id.json", false), "Pass");
        let report = claiming(Mode::Report);
        case(&report, None, (Script, "t.cn/s.js", false), "Pass");
    }

    #[test]
    fn a_withdrawal_forbids_what_it_withdrew_and_no_more() {
        #[track_caller]
        fn case(mode: Mode, act: &Act, forbidden: &[Technology]) {
            let notice = with_trackers(mode);
            let all = decide(&notice, None, &Act::AcceptAll, 0);
            let decision = decide(&notice, Some(&all), act, 1);
            let gate = Gate::new(&notice, Some(&decision));
            let found: Vec<_> = gate.forbidden().map(|used| used.technology).collect();
            assert_eq!(found, forbidden, "{mode:?} {act:?}");
        }
        let withdraw = |id: &str| Act::Withdraw {
            purposes: Some(vec![id.into()]),
        };
        case(Mode::Listed, &Act::AcceptAll, &[]);
        case(Mode::Listed, &withdraw("analytics"), &[Technology::Cookie]);
        case(Mode::Listed, &withdraw("ads"), &[Technology::LocalStorage]);
        case(
            Mode::Listed,
            &Act::RejectAll,
            &[Technology::Cookie, Technology::LocalStorage],
        );
        case(Mode::Report, &Act::RejectAll, &[]);
    }
}
