//! What a browser keeps for a page, as it tells itself and not as scripts of the page see it.

use crate::Browser;
use serde_json::{Value, json};

impl Browser {
    /// The names of all that is kept, each behind its technology, in order: every host's cookies,
    /// and the keys, databases and caches of an origin, as in `local_storage cart`. The origin's
    /// own page must be open.
    ///
    /// # Panics
    /// Where the browser does not tell.
    pub fn kept(&self, origin: &str) -> Vec<String> {
        let cookies = self.dev_tools("Network.getAllCookies", &json!({}));
        let items = |is_local: bool| {
            let store = json!({ "securityOrigin": origin, "isLocalStorage": is_local });
            self.dev_tools(
                "DOMStorage.getDOMStorageItems",
                &json!({ "storageId": store }),
            )
        };
        let of_origin = json!({ "securityOrigin": origin });
        let databases = self.dev_tools("IndexedDB.requestDatabaseNames", &of_origin);
        let caches = self.dev_tools("CacheStorage.requestCacheNames", &of_origin);
        let named = |technology: &str, list: &Value, name: &dyn Fn(&Value) -> Value| {
            let list = list.as_array().expect("a list").iter();
            let names = list.map(|item| match name(item).as_str() {
                Some(name) => format!("{technology} {name}"),
                None => panic!("{technology} without a name: {item}"),
            });
            names.collect::<Vec<_>>()
        };
        let first = |item: &Value| item[0].clone();
        let mut names = [
            named("cookie", &cookies["cookies"], &|one| one["name"].clone()),
            named("local_storage", &items(true)["entries"], &first),
            named("session_storage", &items(false)["entries"], &first),
            named("indexed_db", &databases["databaseNames"], &Value::clone),
            named("cache", &caches["caches"], &|one| one["cacheName"].clone()),
        ]
        .concat();
        names.sort();
        names
    }
}
