//! Records as bytes, made by filling in the holes of prepared ones: serialising each anew would cost
//! the load more than the server is to be left.

use crate::Error;
use std::io::Write as _;
use zhiqing_consent::record::{SCHEMA, Shown, Signals};
use zhiqing_consent::{
    Basis, Choice, Environment, Event, Method, Notice, Record, RecordId, State, Technology,
};

/// What stands where a hole will be. No notice has words like these.
const ID: &str = "@id@";
const SUBJECT: &str = "@subject@";
const PREVIOUS: &str = "\"@previous@\"";
const MOMENT: &str = "@moment@";
const SEQUENCE: u64 = 4_503_599_627_370_495;

/// What differs from record to record.
#[derive(Clone, Copy, Debug)]
pub struct Fill<'a> {
    /// The record's id.
    pub id: &'a str,
    /// Whose it is.
    pub subject: &'a str,
    /// Its place among the person's.
    pub sequence: u64,
    /// The id of the record that it follows.
    pub previous: Option<&'a str>,
    /// When it was made, RFC 3339.
    pub moment: &'a str,
}

#[derive(Clone, Copy, Debug)]
enum Hole {
    Id,
    Subject,
    Sequence,
    Previous,
    Moment,
}

/// A record's JSON, cut where it differs from record to record.
#[derive(Clone, Debug)]
struct Template {
    parts: Vec<(Vec<u8>, Hole)>,
    end: Vec<u8>,
}

/// Every kind of record that a person of this notice may send.
#[derive(Clone, Debug)]
pub struct Templates {
    /// As the first record.
    first: Vec<Template>,
    /// After another.
    later: Vec<Template>,
}

impl Templates {
    /// The records of a notice: accepting all, refusing all and choosing; then changing one's mind
    /// and withdrawing; in the places where pages run.
    ///
    /// # Errors
    /// A notice without a general purpose: there is nothing to choose.
    pub fn of(notice: &Notice) -> Result<Self, Error> {
        if !notice
            .asked()
            .any(|purpose| purpose.basis == Basis::General)
        {
            return Err(Error::NothingAsked(notice.site.clone()));
        }
        use {Event::*, Method::*};
        let first = [
            // Accepting is what most people do.
            (Given, AcceptAll, Granted::Generals, &[][..], 3_400),
            (Given, AcceptAll, Granted::Generals, &[], 1_850),
            (
                Given,
                Save,
                Granted::OneGeneral,
                &[Technology::Etag],
                12_600,
            ),
            (Refused, RejectAll, Granted::None, &[], 2_120),
        ];
        let later = [
            (Changed, Item, Granted::Separate, &[][..], 8_450),
            (
                Changed,
                Save,
                Granted::OneGeneral,
                &[Technology::Beacon, Technology::Pixel],
                21_300,
            ),
            (Withdrawn, Api, Granted::None, &[], 5_040),
        ];
        let of = |acts: &[Act<'_>]| {
            let places = [
                Environment::H5,
                Environment::WechatMiniprogram,
                Environment::AlipayMiniprogram,
                Environment::App,
            ];
            let each = places.iter().flat_map(|&place| {
                let make = move |act: &Act<'_>| Template::of(&record(notice, act, place));
                acts.iter().map(make)
            });
            each.collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            first: of(&first)?,
            later: of(&later)?,
        })
    }

    /// How many kinds of first records there are, or of later ones.
    pub(crate) fn kinds(&self, first: bool) -> usize {
        self.kind(first).len()
    }

    fn kind(&self, first: bool) -> &[Template] {
        match first {
            true => &self.first,
            false => &self.later,
        }
    }

    /// Writes the JSON of a record of a kind, which is less than [`Templates::kinds`].
    pub(crate) fn write(&self, kind: usize, fill: &Fill<'_>, out: &mut Vec<u8>) {
        self.kind(fill.previous.is_none())[kind].write(fill, out);
    }
}

/// What is granted.
#[derive(Clone, Copy, Debug)]
enum Granted {
    None,
    OneGeneral,
    Generals,
    /// All of the general ones and one in a step of its own.
    Separate,
}

/// What a person does, which technologies they refuse, and after how many milliseconds.
type Act<'a> = (Event, Method, Granted, &'a [Technology], u64);

fn record(notice: &Notice, act: &Act<'_>, environment: Environment) -> Record {
    let &(event, method, granted, refused, shown_ms) = act;
    let first = |wanted: fn(Basis) -> bool| notice.asked().find(|p| wanted(p.basis)).map(|p| &p.id);
    let general = first(|basis| basis == Basis::General);
    let separate = first(|basis| matches!(basis, Basis::Separate | Basis::Written));
    let choices = notice.asked().map(|purpose| {
        let is_general = purpose.basis == Basis::General;
        let is_granted = match granted {
            Granted::None => false,
            Granted::OneGeneral => general == Some(&purpose.id),
            Granted::Generals => is_general,
            Granted::Separate => is_general || separate == Some(&purpose.id),
        };
        Choice {
            purpose: purpose.id.clone(),
            state: if is_granted {
                State::Granted
            } else {
                State::Denied
            },
            separate: is_granted && !is_general,
        }
    });
    let offered = |technology: &Technology| notice.technologies.contains(technology);
    Record {
        schema: SCHEMA.into(),
        id: RecordId::from_kept(ID.into()),
        site: notice.site.clone(),
        subject: SUBJECT.into(),
        sequence: SEQUENCE,
        previous: Some(RecordId::from_kept(PREVIOUS.trim_matches('"').into())),
        policy: notice.policy.clone(),
        notice: Shown {
            digest: notice.digest.clone(),
            locale: notice.locale.clone(),
            shown_ms,
        },
        event,
        method,
        signals: Signals { gpc: false },
        choices: choices.collect(),
        technologies: refused.iter().copied().filter(offered).collect(),
        guardian: None,
        environment,
        occurred_at: MOMENT.into(),
    }
}

impl Template {
    fn of(record: &Record) -> Result<Self, Error> {
        let json = serde_json::to_string(record).map_err(Error::json("a record"))?;
        let sequence = SEQUENCE.to_string();
        let holes = [
            (ID, Hole::Id),
            (SUBJECT, Hole::Subject),
            (&sequence, Hole::Sequence),
            (PREVIOUS, Hole::Previous),
            (MOMENT, Hole::Moment),
        ];
        let mut found: Vec<_> = holes
            .iter()
            .filter_map(|&(mark, hole)| Some((json.find(mark)?, mark.len(), hole)))
            .collect();
        found.sort_by_key(|&(at, ..)| at);
        let (mut parts, mut from) = (Vec::new(), 0);
        for (at, length, hole) in found {
            parts.push((json[from..at].into(), hole));
            from = at + length;
        }
        let end = json[from..].into();
        Ok(Self { parts, end })
    }

    fn write(&self, fill: &Fill<'_>, out: &mut Vec<u8>) {
        for (before, hole) in &self.parts {
            out.extend_from_slice(before);
            match hole {
                Hole::Id => out.extend_from_slice(fill.id.as_bytes()),
                Hole::Subject => out.extend_from_slice(fill.subject.as_bytes()),
                Hole::Moment => out.extend_from_slice(fill.moment.as_bytes()),
                // A vector takes whatever is written.
                Hole::Sequence => drop(write!(out, "{}", fill.sequence)),
                Hole::Previous => match fill.previous {
                    None => out.extend_from_slice(b"null"),
                    Some(id) => drop(write!(out, "\"{id}\"")),
                },
            }
        }
        out.extend_from_slice(&self.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::population::Population;
    use crate::sample;
    use std::collections::HashSet;

    /// Every kind of record, read again as the server would.
    fn records(notice: &Notice) -> Vec<Record> {
        let templates = Templates::of(notice).expect("templates");
        let (people, mut json) = (Population::new(9), Vec::new());
        let (id, before) = (people.id(4, 2, 1_763_690_000_000), people.id(4, 1, 7));
        let subject = people.secret(4).subject(&notice.site);
        let mut records = Vec::new();
        for previous in [None, Some(before.as_str())] {
            for kind in 0..templates.kinds(previous.is_none()) {
                let fill = Fill {
                    id: id.as_str(),
                    subject: &subject,
                    sequence: 2,
                    previous,
                    moment: "2026-11-21T08:00:00.000Z",
                };
                json.clear();
                templates.write(kind, &fill, &mut json);
                records.push(serde_json::from_slice(&json).expect("a record"));
            }
        }
        for record in &records {
            let Record {
                id: its, previous, ..
            } = record;
            assert_eq!((its, &record.subject), (&id, &subject));
            assert_eq!(
                (record.sequence, previous.is_some()),
                (
                    2,
                    record.event != Event::Given && record.event != Event::Refused
                )
            );
        }
        records
    }

    #[test]
    fn every_record_is_one_that_the_server_takes() {
        let notice = sample::notice();
        let records = records(&notice);
        assert_eq!(records.len(), 28);
        for record in &records {
            assert_eq!(record.check(&notice), Ok(()), "{record:?}");
        }
    }

    #[test]
    fn records_are_of_every_event_and_place() {
        let records = records(&sample::notice());
        let events: HashSet<&str> = records.iter().map(|record| record.event.name()).collect();
        assert_eq!(events, ["given", "refused", "changed", "withdrawn"].into());
        let separate = |record: &Record| record.choices.iter().any(|choice| choice.separate);
        assert!(records.iter().any(separate), "no step of its own");
        assert!(
            records
                .iter()
                .any(|record| record.technologies.iter().next().is_some())
        );
    }

    #[test]
    fn a_notice_that_asks_nothing_is_told() {
        let mut notice = sample::notice();
        notice
            .purposes
            .retain(|purpose| purpose.basis != Basis::General);
        assert!(matches!(
            Templates::of(&notice),
            Err(Error::NothingAsked(_))
        ));
    }
}
