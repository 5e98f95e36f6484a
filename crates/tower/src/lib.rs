//! A `tower` layer for any Rust server that enforces on responses what a person decided, which
//! the request's cookie `zq` carries. It reaches what no script does: cookies marked `HttpOnly`.
//!
//! The straight line: [`ConsentLayer`] wraps a service; each request is read once (which decision,
//! which cookies must go, under which domains); each response then has its `Set-Cookie` lines
//! filtered, withdrawn cookies expired, and `Vary` and `Cache-Control` set so that no shared cache
//! hands one person's answer to another; headers that say otherwise to one kind of cache
//! (`CDN-Cache-Control`, `Surrogate-Control`, `X-Accel-Expires`) are removed.
//!
//! With the feature `snippet`, the module of that name puts the built snippet into pages.
//!
//! Not yet there, and coming with later versions: a Content-Security-Policy derived from the
//! decision, identifying `ETag` and `Last-Modified` removed, `Clear-Site-Data: "cache"` on
//! withdrawal. Until then this layer stops no loads and clears no caches.
//!
//! ```
//! use http::header::SET_COOKIE;
//! use http::{Request, Response};
//! use std::convert::Infallible;
//! use std::sync::Arc;
//! use tower::{Layer, ServiceExt, service_fn};
//! use zhiqing_consent::{
//!     Basis, Glob, Mode, Notice, PolicyRef, Purpose, Rights, Technology, Tier, Tracker, Use,
//! };
//! use zhiqing_tower::ConsentLayer;
//!
//! // A server reads its notice from the built `notice.json`; this one is made by hand.
//! let notice = Notice {
//!     purposes: vec![Purpose {
//!         id: "analytics".into(),
//!         name: "统计".into(),
//!         description: "了解哪些页面有人看".into(),
//!         tier: Tier::Extended,
//!         basis: Basis::General,
//!         clauses: vec![],
//!         data: vec![],
//!         recipients: vec![],
//!         refusal: "不影响使用".into(),
//!         retention: String::new(),
//!         gpc: false,
//!     }],
//!     trackers: vec![Tracker {
//!         id: "tongji".into(),
//!         vendor: "百度统计".into(),
//!         purpose: "analytics".into(),
//!         uses: vec![Use {
//!             technology: Technology::Cookie,
//!             patterns: vec![Glob::new("Hm_lvt_*")],
//!         }],
//!         signals: Default::default(),
//!     }],
//!     // …
//! #   site: "demo".into(), digest: String::new(), name: "示例".into(), operator: None,
//! #   contacts: vec![], locale: "zh-CN".into(), mode: Mode::Listed,
//! #   policy: PolicyRef { version: "2026.11".into(), digest: String::new() }, previous: vec![],
//! #   report: "/v1".into(), recipients: vec![], permissions: vec![], technologies: vec![],
//! #   minors: None, rights: Rights::default(),
//! #   banner: Default::default(), texts: Default::default(),
//! };
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let app = service_fn(|_: Request<()>| async {
//!     let response = Response::builder()
//!         .header(SET_COOKIE, "cart=1; Path=/")
//!         .header(SET_COOKIE, "Hm_lvt_7=1763690000; HttpOnly");
//!     Ok::<_, Infallible>(response.body(()).unwrap())
//! });
//! let app = ConsentLayer::new(Arc::new(notice)).layer(app);
//!
//! let request = Request::get("https://m.example.cn/")
//!     .header("cookie", "zq=1~demo~2026.11~1763690000~~analytics~; Hm_lvt_7=1763600000");
//! let response = app.oneshot(request.body(()).unwrap()).await.unwrap();
//!
//! let cookies: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
//! assert_eq!(
//!     cookies,
//!     [
//!         "cart=1; Path=/",
//!         "Hm_lvt_7=; Max-Age=0; Path=/",
//!         "Hm_lvt_7=; Max-Age=0; Path=/; Domain=m.example.cn",
//!         "Hm_lvt_7=; Max-Age=0; Path=/; Domain=example.cn",
//!     ]
//! );
//! assert_eq!(response.headers()["vary"], "Cookie");
//! assert_eq!(response.headers()["cache-control"], "private");
//! # });
//! ```

mod caching;
mod cookies;
mod enforcement;
mod expiry;
mod future;
mod layer;
#[cfg(feature = "snippet")]
pub mod snippet;

pub use future::ResponseFuture;
pub use layer::{ConsentLayer, ConsentService};
