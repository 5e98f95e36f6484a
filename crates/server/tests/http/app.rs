//! A server in this process, with a database of its own.

use crate::database::Database;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use zhiqing_consent::{
    Basis, Mode, Notice, PolicyRef, Purpose, Receipt, RecordId, Rights, Secret, Technology, Tier,
    digest,
};
use zhiqing_server::{Hosted, Limits, PageFile, Policy, ServerError, SigningKey, Store};

/// What is served under `/v1/policies/demo/2026.11`.
pub(crate) const POLICY: &str = r#"{"title":"隐私政策"}"#;

/// What a site's page asks with scripts off.
pub(crate) const ASKS: &str = "<noscript>?</noscript>";

/// The secret of most tests' person.
pub(crate) fn person() -> Secret {
    Secret::new([7; 32])
}

/// The key of every test's site.
pub(crate) fn key() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

/// A notice of the site `site` under a name of its own, so that its digest is too.
pub(crate) fn notice(site: &str, name: &str) -> Notice {
    let purpose = |id: &str, basis| Purpose {
        id: id.into(),
        name: id.into(),
        description: "用于测试。".into(),
        tier: Tier::Extended,
        basis,
        clauses: vec![],
        data: vec![],
        recipients: vec![],
        refusal: "不影响使用。".into(),
        retention: String::new(),
        gpc: false,
    };
    let notice = Notice {
        site: site.into(),
        digest: String::new(),
        name: name.into(),
        operator: None,
        contacts: vec![],
        locale: "zh-CN".into(),
        mode: Mode::Listed,
        policy: PolicyRef {
            version: "2026.11".into(),
            digest: digest::of_bytes(POLICY.as_bytes()),
        },
        previous: vec![],
        report: "/v1".into(),
        purposes: vec![
            purpose("service", Basis::None),
            purpose("analytics", Basis::General),
            purpose("identity", Basis::Separate),
        ],
        recipients: vec![],
        trackers: vec![],
        permissions: vec![],
        technologies: Technology::ALWAYS_OFFERED.to_vec(),
        minors: None,
        rights: Rights::default(),
        banner: Default::default(),
        texts: Default::default(),
    };
    notice.seal().expect("a digest")
}

/// A site as the command would give it.
pub(crate) fn hosted(notice: &Notice) -> Hosted {
    let files = [
        ("zhiqing.js", "/* 知情 */"),
        ("zhiqing_bg.wasm", "\0asm"),
        ("policy/2026.11.json", POLICY),
    ];
    Hosted {
        notice: notice.clone(),
        notice_json: serde_json::to_vec(notice).expect("JSON"),
        policies: vec![Policy {
            version: "2026.11".into(),
            json: POLICY.into(),
        }],
        origins: vec![format!("https://{}.example", notice.site)],
        files: files
            .map(|(name, text)| (name.into(), PageFile::named(name, text.into())))
            .into(),
        page: format!("<!doctype html><title>{}</title>{ASKS}", notice.name),
        decided_page: format!("<!doctype html><title>{}</title>", notice.name),
        key: key(),
        limits: Limits::default(),
    }
}

/// A record of [`person`] that the notice accepts; `number` makes its id.
pub(crate) fn record(notice: &Notice, number: u8) -> Value {
    record_of(&person(), notice, number)
}

/// The same of another person.
pub(crate) fn record_of(person: &Secret, notice: &Notice, number: u8) -> Value {
    json!({
        "schema": "zhiqing/1",
        "id": id(number),
        "site": notice.site,
        "subject": person.subject(&notice.site),
        "sequence": number,
        "previous": null,
        "policy": notice.policy,
        "notice": { "digest": notice.digest, "locale": "zh-CN", "shown_ms": 1200 },
        "event": "given",
        "method": "save",
        "signals": { "gpc": false },
        "choices": [
            { "purpose": "analytics", "state": "granted", "separate": false },
            { "purpose": "identity", "state": "denied", "separate": false },
        ],
        "technologies": { "etag": "refused" },
        "guardian": null,
        "environment": "headless",
        "occurred_at": "2026-11-21T08:00:00.000Z",
    })
}

pub(crate) fn id(number: u8) -> String {
    RecordId::new(1_763_690_000_000, [number; 10])
        .as_str()
        .to_owned()
}

pub(crate) struct TestApp {
    pub(crate) router: Router,
    pub(crate) notice: Notice,
    /// Gone when the test ends.
    pub(crate) database: Database,
}

/// A response, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl TestApp {
    /// One site, `demo`, with a new database.
    pub(crate) fn new() -> Self {
        Self::with(Database::new(), &[notice("demo", "示例")]).expect("a server")
    }

    /// These notices' sites, the first of which is the test's, on a database.
    pub(crate) fn with(database: Database, notices: &[Notice]) -> Result<Self, ServerError> {
        let hosted = notices.iter().map(hosted).collect();
        let router = zhiqing_server::router(hosted, Store::open(&database.url())?)?;
        Ok(Self {
            router,
            notice: notices[0].clone(),
            database,
        })
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await;
        let (parts, body) = response.expect("infallible").into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        };
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        if answer.status.is_client_error() || answer.status.is_server_error() {
            answer.assert_problem();
        }
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// Posts what [`person`] has to say.
    pub(crate) async fn post(&self, body: &Value) -> Answer {
        self.post_as(&person(), body.to_string()).await
    }

    pub(crate) async fn post_as(&self, person: &Secret, body: impl Into<Body>) -> Answer {
        let request = Request::post("/v1/consents")
            .header(header::AUTHORIZATION, format!("Bearer {}", person.bearer()))
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.into());
        self.send(request.expect("a request")).await
    }

    pub(crate) async fn history(&self, person: &Secret) -> Answer {
        let subject = person.subject(&self.notice.site);
        let request = Request::get(format!("/v1/consents/{subject}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", person.bearer()))
            .body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// The ids in the history of [`person`].
    pub(crate) async fn kept(&self) -> Vec<String> {
        let answer = self.history(&person()).await;
        assert_eq!(answer.status, StatusCode::OK);
        let receipts = answer.receipts();
        receipts
            .iter()
            .map(|receipt| receipt.record.id.as_str().to_owned())
            .collect()
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str());
        value.transpose().expect("text").unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The receipts, each verified with the site's key.
    pub(crate) fn receipts(&self) -> Vec<Receipt> {
        let key = key().verifying_key();
        let receipts = self.json()["receipts"].as_array().cloned();
        let verify = |json: &Value| Receipt::verify(json.to_string().as_bytes(), &key);
        let receipts = receipts.expect("receipts");
        receipts
            .iter()
            .map(|json| verify(json).expect("a good receipt"))
            .collect()
    }

    /// The field that a problem document names.
    pub(crate) fn field(&self) -> String {
        self.json()["field"].as_str().unwrap_or_default().to_owned()
    }

    fn assert_problem(&self) {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let document = self.json();
        for name in ["type", "title", "detail"] {
            let text = document[name].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{name} in {document}");
        }
        assert_eq!(document["status"], self.status.as_u16());
    }
}
