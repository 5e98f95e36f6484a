//! A server and its store, traced while they are loaded.

use super::disk::Disk;
use super::image::Image;
use super::trace::{Log, Trace};
use super::tracer;
use crate::Error;
use crate::book::Book;
use crate::load::{Order, Until, load};
use crate::plan::Setting;
use crate::population::Population;
use crate::run::block_on;
use crate::server::{Server, Settings};
use crate::site::Site;
use crate::store::{Kind, Store};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use zhiqing_postgres_cluster::Cluster;

/// Which of the traced programs the server is, and PostgreSQL.
pub(super) const SERVER: usize = 0;
pub(super) const DATABASE: usize = 1;

/// How many records there are in a request of a list.
const LIST: u16 = 10;
/// Between two checkpoints of PostgreSQL, which would make none in so short a time.
const CHECKPOINTS: Duration = Duration::from_millis(500);

/// What was traced, and on what.
#[derive(Debug)]
pub(super) struct Traced {
    pub(super) store: Store,
    pub(super) settings: Settings,
    pub(super) site: Site,
    pub(super) book: Book,
    /// The files when it began.
    pub(super) image: Image,
    pub(super) trace: Trace,
    /// Where a file of the store differs from what the trace makes of it.
    pub(super) differing: Vec<String>,
}

/// Starts both, loads them, and stops them in good order.
///
/// # Errors
/// Programs that do not start or stop, a trace that cannot be followed.
pub(super) fn trace(setting: &Setting, people: Population, records: u64) -> Result<Traced, Error> {
    if matches!(setting.store, Kind::Url(_)) {
        let told = "only a fresh store is traced: --store sqlite or postgres";
        return Err(Error::Plan(told.into()));
    }
    let mut store = Store::open(&setting.store)?;
    let settings = Settings::copy(&setting.settings)?;
    let folder = tempfile::Builder::new().prefix("zq-load-").tempdir()?;
    let files = ["server", "database"].map(|name| folder.path().join(name));
    let data = data(&store)?;
    if let Some(cluster) = store.cluster() {
        cluster.stop()?;
        cluster.give(folder.path())?;
    }
    let roots = vec![whole(settings.folder())?, data];
    let image = Image::read(roots)?;

    let mut database = None;
    if let Some(cluster) = store.cluster() {
        cluster.start_under(&tracer::words(&files[DATABASE]))?;
        database = cluster.process();
    }
    let command = tracer::command(&setting.zhiqing, &files[SERVER]);
    let (server, target) = Server::started_by(command, &settings, &store.url())?;
    let site = block_on(Site::ask(&target, settings.site(), people))??;
    let book = with_checkpoints(store.cluster().as_deref(), || {
        let mut book = Book::default();
        let mut first_person = 0;
        // A quarter of the records in lists.
        for (list, records) in [(1, records - records / 4), (LIST, records / 4)] {
            let order = Order {
                connections: setting.connections,
                list,
                until: Until::Records(records),
                warm_up: Duration::ZERO,
                until_broken: false,
                first_person,
                server: None,
                database: None,
            };
            let outcome = load(&target, &site, &order)?;
            first_person = outcome.next_person;
            book.add(outcome.book.batches().iter().copied());
        }
        Ok(book)
    })?;
    let process = server.process();
    server.stop()?;
    tracer::ended(&files[SERVER], process, tracer::END)?;
    if let (Some(cluster), Some(process)) = (store.cluster(), database) {
        cluster.stop()?;
        tracer::ended(&files[DATABASE], process, tracer::END)?;
    }

    let [_, data] = image.roots.as_slice() else {
        return Err(Error::Unfollowed("there is no store".into()));
    };
    let logs = [
        Log {
            file: &files[SERVER],
            folder: settings.folder(),
            processes: false,
        },
        Log {
            file: &files[DATABASE],
            folder: data,
            processes: true,
        },
    ];
    let programs = if database.is_some() { 2 } else { 1 };
    let trace = Trace::read(&logs[..programs])?;
    let differing = differing(&image, &trace)?;
    Ok(Traced {
        store,
        settings,
        site,
        book,
        image,
        trace,
        differing,
    })
}

/// The folder of a store's files.
fn data(store: &Store) -> Result<PathBuf, Error> {
    match store {
        Store::File { file, .. } => whole(file.parent().unwrap_or(Path::new("."))),
        Store::Cluster(cluster) => whole(&cluster.data()),
        Store::Elsewhere(url) => Err(Error::Plan(format!("{url} is not ours"))),
    }
}

/// A path as the system writes it.
fn whole(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(Error::of(path))
}

/// Lets PostgreSQL make checkpoints meanwhile, so that files are synced, removed and used again.
fn with_checkpoints<T>(
    cluster: Option<&Cluster>,
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let checkpoints = scope.spawn(|| {
            let Some(cluster) = cluster else {
                return Ok(());
            };
            while !over.load(Ordering::Relaxed) {
                thread::sleep(CHECKPOINTS);
                cluster.query("postgres", "CHECKPOINT")?;
            }
            Ok(())
        });
        let done = work();
        over.store(true, Ordering::Relaxed);
        let made: Result<(), Error> = checkpoints
            .join()
            .unwrap_or_else(|_| Err(Error::Plan("whoever made checkpoints panicked".into())));
        made.and(done)
    })
}

/// The files as the trace makes them against the files as they are: whoever writes by another way than the calls
/// that are traced is found out here. SQLite's index of its log lies in shared memory, and is made anew.
fn differing(image: &Image, trace: &Trace) -> Result<Vec<String>, Error> {
    let made = Disk::at(image, trace, trace.end, usize::MAX)?.seen();
    let real = Image::read(image.roots.clone())?;
    let counts = |path: &Path| !path.as_os_str().as_encoded_bytes().ends_with(b"-shm");
    let mut differing = Vec::new();
    for (path, bytes) in real.entries().filter(|(path, _)| counts(path)) {
        match made.get(path) {
            Some(made) if made.as_deref() == bytes => {}
            Some(_) => differing.push(format!("{} has other bytes", path.display())),
            None => differing.push(format!("{} was not seen", path.display())),
        }
    }
    let is_there = |path: &Path| real.entries().any(|(there, _)| there == path);
    for path in made.keys().filter(|path| counts(path) && !is_there(path)) {
        differing.push(format!("{} is not there", path.display()));
    }
    Ok(differing)
}
