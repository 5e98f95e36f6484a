//! A database of a test's own, on a PostgreSQL that the tests which run at the same time share.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use zhiqing_postgres_cluster::Cluster;

/// The server goes with the last test that uses it; a later one starts another.
static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());

/// Names of databases.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// Gone when it is dropped, as far as anybody can tell: its server goes after it.
pub(crate) struct Database {
    /// `None` where somebody else has it.
    cluster: Option<Arc<Cluster>>,
    name: String,
    url: String,
}

impl Database {
    /// A new one, empty.
    pub(crate) fn new() -> Self {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let cluster = match shared.upgrade() {
            Some(cluster) => cluster,
            None => {
                let cluster = Arc::new(Cluster::start().expect("PostgreSQL"));
                *shared = Arc::downgrade(&cluster);
                cluster
            }
        };
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        cluster.create_database(&name).expect("a database");
        // Whatever else the database is for: servers that wait for each other must go on.
        for setting in [
            "search_path = zhiqing",
            "default_transaction_isolation = serializable",
        ] {
            let sql = format!("ALTER DATABASE {name} SET {setting}");
            cluster.query(&name, &sql).expect(&sql);
        }
        Self {
            url: cluster.url(&name),
            cluster: Some(cluster),
            name,
        }
    }

    /// One that somebody else has.
    pub(crate) fn of(url: &str) -> Self {
        Self {
            cluster: None,
            name: String::new(),
            url: url.to_owned(),
        }
    }

    /// Its address for a store.
    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// Makes it unreachable for good.
    pub(crate) fn take_away(&self) {
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        self.cluster().query("postgres", &sql).expect(&sql);
    }

    /// Does something behind the store's back, to one row at least.
    pub(crate) fn execute(&self, sql: &str) {
        let rows = self.number(&format!(
            "WITH done AS ({sql} RETURNING 1) SELECT count(*) FROM done"
        ));
        assert!(rows > 0, "{sql}");
    }

    /// The number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        let text = self.cluster().query(&self.name, sql).expect(sql);
        text.trim().parse().expect("a number")
    }

    /// Lets nobody read a record for two seconds.
    pub(crate) fn hold(&self) {
        let sql = "DO $$ BEGIN LOCK TABLE records; PERFORM pg_sleep(2); END $$";
        self.cluster().query(&self.name, sql).expect(sql);
    }

    fn cluster(&self) -> &Cluster {
        self.cluster.as_ref().expect("a database of this test")
    }
}
