//! A server that answers at once, with an answer that a real one gave: what a load costs by itself.

use crate::book::Book;
use crate::connection::{Connection, Target};
use crate::site::{self, Site};
use crate::{Error, request};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a real server said.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answers {
    notice: Box<RawValue>,
    key: Box<RawValue>,
    /// To `POST /v1/consents`.
    receipts: Box<RawValue>,
}

impl Answers {
    /// Asks a server for what it says about the first record that it acknowledged.
    ///
    /// # Errors
    /// A server that does not answer, or has acknowledged nothing.
    pub(crate) async fn of(target: &Target, site: &Site, book: &Book) -> Result<Self, Error> {
        let text = |bytes: Vec<u8>| RawValue::from_string(String::from_utf8_lossy(&bytes).into());
        let json = Error::json("an answer");
        let notice = site::fetch(target, &format!("/v1/sites/{}/notice", site.id)).await?;
        let key = site::fetch(target, &format!("/v1/sites/{}/key", site.id)).await?;
        let first = book.batches().iter().find(|batch| batch.receipts.is_some());
        let first = first.ok_or_else(|| Error::Plan("nothing was acknowledged".into()))?;
        // The same once more: the answer is the same.
        let (mut body, mut bytes) = (Vec::new(), Vec::new());
        site.write(first, &mut body);
        let bearer = site.people.secret(first.person).bearer();
        request::post(&mut bytes, &target.host, &bearer, &body);
        let mut connection = Connection::new(target);
        let answer = connection.ask(&bytes).await?;
        let receipts = connection.content(&answer).to_vec();
        let made = || {
            Ok(Self {
                notice: text(notice)?,
                key: text(key)?,
                receipts: text(receipts)?,
            })
        };
        made().map_err(json)
    }
}

/// The answerer, in a process of its own. Dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Answerer(Child);

impl Answerer {
    /// Starts `program answer`, which gives these answers.
    ///
    /// # Errors
    /// A program that does not start.
    pub(crate) fn start(program: &Path, answers: &Answers) -> Result<(Self, Target), Error> {
        let file = tempfile::NamedTempFile::new()?;
        let json = serde_json::to_vec(answers).map_err(Error::json("the answers"))?;
        fs::write(file.path(), json).map_err(Error::of(file.path()))?;
        let mut command = Command::new(program);
        command.arg("answer").arg(file.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut answerer = Self(command.spawn().map_err(Error::of(program))?);
        let stdout = answerer.0.stdout.take();
        let mut line = String::new();
        if let Some(stdout) = stdout {
            io::BufRead::read_line(&mut io::BufReader::new(stdout), &mut line)?;
        }
        let target = Target::parse(line.trim_end())?;
        Ok((answerer, target))
    }
}

impl Drop for Answerer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Answers on a free port of loopback until it is killed; prints its address.
///
/// # Errors
/// A file without answers, a system without sockets.
pub fn answer(file: &Path) -> Result<(), Error> {
    let json = fs::read(file).map_err(Error::of(file))?;
    let answers: Answers = serde_json::from_slice(&json).map_err(Error::json("the answers"))?;
    let whole = |status: &str, json: &RawValue| {
        let json = json.get();
        let length = json.len();
        let head = "content-type: application/json\r\nx-content-type-options: nosniff";
        format!("HTTP/1.1 {status}\r\n{head}\r\ncontent-length: {length}\r\n\r\n{json}")
    };
    let answers = Arc::new([
        whole("200 OK", &answers.notice),
        whole("200 OK", &answers.key),
        whole("201 Created", &answers.receipts),
    ]);
    let runtime = { tokio::runtime::Builder::new_current_thread() }
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}/", listener.local_addr()?);
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(serve(stream, Arc::clone(&answers)));
        }
    })
}

/// Answers every request of a connection; what is no HTTP ends it.
async fn serve(mut stream: TcpStream, answers: Arc<[String; 3]>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut buffer, mut filled) = (vec![0; 512 * 1024], 0);
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        let mut headers = [httparse::EMPTY_HEADER; 16];
        let mut request = httparse::Request::new(&mut headers);
        let parsed = request.parse(&buffer[..filled]);
        let Ok(httparse::Status::Complete(begin)) = parsed else {
            continue;
        };
        let length = request
            .headers
            .iter()
            .find(|header| header.name == "content-length");
        let length = length.and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok());
        if filled < begin + length.unwrap_or(0) {
            continue;
        }
        let answer = match request.path.unwrap_or_default() {
            path if path.ends_with("/notice") => &answers[0],
            path if path.ends_with("/key") => &answers[1],
            _ => &answers[2],
        };
        filled = 0;
        stream.write_all(answer.as_bytes()).await?;
    }
}
