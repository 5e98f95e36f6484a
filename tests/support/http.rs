//! HTTP as any client speaks it.

use serde_json::Value;
use std::time::Duration;
use ureq::http::{Request, Response};
use ureq::{Agent, AsSendBody, Body};

/// No request waits longer.
const LIMIT: Duration = Duration::from_secs(60);

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// `Content-Type`, empty where there is none.
    pub content_type: String,
    /// `Retry-After`, empty where there is none.
    pub retry_after: String,
    /// The content.
    pub body: Vec<u8>,
}

impl Answer {
    /// The content as JSON.
    ///
    /// # Panics
    /// Where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no JSON: {error}: {}", self.text()))
    }

    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A client that takes every status for an answer, no proxy, and a connection for each request.
pub struct Client(Agent);

impl Client {
    /// A client.
    #[expect(
        clippy::new_without_default,
        reason = "no client is like another by default"
    )]
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            // A server may close a connection that it keeps at any moment, and does after a 413.
            .max_idle_connections(0)
            .timeout_global(Some(LIMIT));
        Self(config.build().new_agent())
    }

    /// `GET`.
    pub fn get(&self, url: &str, bearer: Option<&str>) -> Answer {
        self.send("GET", url, &headers(bearer, None), ())
    }

    /// `POST` of JSON.
    pub fn post(&self, url: &str, bearer: Option<&str>, body: &str) -> Answer {
        let headers = headers(bearer, Some("application/json"));
        self.send("POST", url, &headers, body)
    }

    /// Any request.
    ///
    /// # Panics
    /// Where no answer comes.
    pub fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, String)],
        body: impl AsSendBody,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).expect("a request");
        let answer = self.0.run(request);
        read(answer.unwrap_or_else(|error| panic!("{method} {url}: {error}")))
    }
}

fn headers(bearer: Option<&str>, content: Option<&str>) -> Vec<(&'static str, String)> {
    let bearer = bearer.map(|token| ("authorization", format!("Bearer {token}")));
    let content = content.map(|name| ("content-type", name.to_owned()));
    bearer.into_iter().chain(content).collect()
}

fn read(mut answer: Response<Body>) -> Answer {
    let header = |name: &str| {
        let value = answer.headers().get(name);
        let text = value.and_then(|value| value.to_str().ok());
        text.unwrap_or_default().to_owned()
    };
    Answer {
        status: answer.status().as_u16(),
        content_type: header("content-type"),
        retry_after: header("retry-after"),
        body: answer.body_mut().read_to_vec().expect("the whole content"),
    }
}
