//! Reading an export.

use super::{ExportedNotice, FORMAT, Header, Line, SiteSize, Total};
use serde_json::value::RawValue;
use std::io::{self, BufRead, Read};

/// Bytes of a line at most: a notice may have thousands of texts, and what is no export has lines of any length.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Why something is not an export, or not a whole one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It cannot be read.
    #[error("line {line}: cannot be read: {source}")]
    Io {
        /// From 1.
        line: u64,
        /// Why.
        source: io::Error,
    },
    /// The first line is another one.
    #[error("line 1: this is no export; `zhiqing export` writes them")]
    NotAnExport,
    /// Its form is of another version.
    #[error(
        "line 1: an export of the form {0:?}, this version reads \"zhiqing/1\"; use a newer one"
    )]
    Newer(String),
    /// A line is not what must stand there.
    #[error("line {line}: {why}")]
    Line {
        /// From 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// It ends too soon.
    #[error(
        "line {line}: the export ends here, after {records} of {announced} records: it was cut short; get the whole \
         one and begin again, what is kept already is passed over"
    )]
    Cut {
        /// From 1.
        line: u64,
        /// How many there were.
        records: u64,
        /// How many the first line announces.
        announced: u64,
    },
}

/// What an export holds after its first line.
#[derive(Debug)]
pub enum Exported<'a> {
    /// One of the notices.
    Notice(ExportedNotice),
    /// One of the receipts, as it stands there.
    Receipt {
        /// The site that it should be of.
        site: &'a str,
        /// Its place there, from 0 without a gap.
        index: u64,
        /// Its JSON.
        json: Box<RawValue>,
    },
}

/// An export, line by line.
pub struct Reader<R> {
    input: R,
    header: Header,
    buffer: Vec<u8>,
    /// Of the line in `buffer`, from 1.
    line: u64,
    seen: Total,
    /// Of which site the next record is, and how many of it there were.
    site: usize,
    index: u64,
    is_over: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// It is no export, or of a later form.
    pub fn new(input: R) -> Result<Self, ReadError> {
        let mut reader = Self {
            input,
            header: Header {
                export: String::new(),
                exported_at: String::new(),
                sites: Vec::new(),
            },
            buffer: Vec::new(),
            line: 0,
            seen: Total::default(),
            site: 0,
            index: 0,
            is_over: false,
        };
        reader.advance()?;
        #[derive(serde::Deserialize)]
        struct Form {
            export: String,
        }
        let form: Form =
            serde_json::from_slice(&reader.buffer).map_err(|_| ReadError::NotAnExport)?;
        if form.export != FORMAT {
            return Err(ReadError::Newer(form.export));
        }
        let header = serde_json::from_slice(&reader.buffer);
        reader.header = header.map_err(|error| reader.wrong(&error))?;
        Ok(reader)
    }

    /// What the first line tells.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The number of the line that was read last, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The next line; `None` after the last.
    ///
    /// # Errors
    /// It is not what must stand there, or the export ends without its last line.
    pub fn read_line(&mut self) -> Result<Option<Exported<'_>>, ReadError> {
        if self.is_over {
            return Ok(None);
        }
        if !self.advance()? {
            return Err(ReadError::Cut {
                line: self.line,
                records: self.seen.records,
                announced: self.announced().records,
            });
        }
        let line: Line =
            serde_json::from_slice(&self.buffer).map_err(|error| self.wrong(&error))?;
        match line {
            Line {
                notice: Some(notice),
                index: None,
                receipt: None,
                end: None,
            } => {
                self.seen.notices += 1;
                if self.seen.records > 0 || self.seen.notices > self.announced().notices {
                    return Err(self.wrong("the first line announces no notice here"));
                }
                Ok(Some(Exported::Notice(notice)))
            }
            Line {
                notice: None,
                index: Some(index),
                receipt: Some(json),
                end: None,
            } => {
                self.place(index)?;
                let site = &self.header.sites[self.site].site;
                Ok(Some(Exported::Receipt { site, index, json }))
            }
            Line {
                notice: None,
                index: None,
                receipt: None,
                end: Some(total),
            } => {
                self.finish(total)?;
                Ok(None)
            }
            _ => Err(self.wrong("neither a notice, nor a receipt with its index, nor the end")),
        }
    }

    /// Takes note of the last line.
    fn finish(&mut self, total: Total) -> Result<(), ReadError> {
        let (seen, announced) = (self.seen, self.announced());
        if total != seen || total != announced {
            return Err(self.wrong(&format!(
                "there were {} notices and {} records, the end tells of {} and {}, the first line of {} and {}: \
                 lines are missing, or from another export",
                seen.notices,
                seen.records,
                total.notices,
                total.records,
                announced.notices,
                announced.records,
            )));
        }
        self.is_over = true;
        match self.advance()? {
            true => Err(self.wrong("nothing may stand behind the end")),
            false => Ok(()),
        }
    }

    /// Takes note of a record, which must be the next of the sites announced.
    fn place(&mut self, index: u64) -> Result<(), ReadError> {
        let announced = self.announced();
        if self.seen.notices < announced.notices {
            return Err(self.wrong(&format!(
                "a record after {} of {} notices: lines are missing",
                self.seen.notices, announced.notices
            )));
        }
        while let Some(site) = self.header.sites.get(self.site)
            && self.index == site.records
        {
            self.site += 1;
            self.index = 0;
        }
        let Some(site) = self.header.sites.get(self.site) else {
            return Err(self.wrong("the first line announces no record here"));
        };
        if index != self.index {
            let why = format!(
                "record {index}, where record {} of site {} must be: lines are missing or moved",
                self.index, site.site
            );
            return Err(self.wrong(&why));
        }
        self.index += 1;
        self.seen.records += 1;
        Ok(())
    }

    fn announced(&self) -> Total {
        let sites = &self.header.sites;
        let sum = |of: fn(&SiteSize) -> u64| sites.iter().map(of).fold(0, u64::saturating_add);
        Total {
            notices: sum(|site| site.notices),
            records: sum(|site| site.records),
        }
    }

    /// Reads a line into the buffer; whether there was one.
    fn advance(&mut self) -> Result<bool, ReadError> {
        self.buffer.clear();
        self.line += 1;
        let mut bounded = (&mut self.input).take(LONGEST);
        let read = bounded.read_until(b'\n', &mut self.buffer);
        let read = read.map_err(|source| ReadError::Io {
            line: self.line,
            source,
        })?;
        if self.buffer.last() == Some(&b'\n') {
            return Ok(true);
        }
        // Without its end it may be any part of a line; the last one is told apart by being read.
        match read as u64 {
            0 => Ok(false),
            LONGEST => Err(self.wrong("longer than any line of an export")),
            _ => Ok(serde_json::from_slice::<serde::de::IgnoredAny>(&self.buffer).is_ok()),
        }
    }

    fn wrong(&self, why: &(impl ToString + ?Sized)) -> ReadError {
        ReadError::Line {
            line: self.line,
            why: why.to_string(),
        }
    }
}
