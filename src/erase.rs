//! Deletes what the decision does not allow, looks again, and says what is still there and why, and
//! what was there again.
//!
//! What is quick is deleted with the decision; the rest in tasks after it, for which nobody waits. Only
//! what the gate holds back by the decision goes: a key that any tracker claims which may not store it.
//! What nobody declared stays, and so does what is ours.

use crate::browser::now_ms;
use crate::forbidden::Forbidden;
use crate::session::Session;
use crate::stack::View;
use crate::{cookies, snapshot, stores, task};
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::mem;
use std::rc::Rc;
use zhiqing_consent::removal::{Look, Met, Reason};
use zhiqing_consent::{Decision, Removal, Technology};
use zhiqing_view::Store;

/// From the first look to the second, in milliseconds. Each pause is four times the one before: the
/// third look is 5 s after the first.
const SOON: i32 = 1000;

/// The longest pause, while something comes back.
const LATE: i32 = 60_000;

/// How many looks there are though nothing comes back.
const LOOKS: u32 = 3;

/// How long a look waits for databases to be deleted, in milliseconds; those that somebody has open
/// may take for ever.
const PATIENCE: u64 = 1000;

/// How long `removed()` waits for the look that is due, in milliseconds.
const WAIT: u64 = 5000;

/// Between two looks at something that cannot be waited for, in milliseconds.
const STEP: i32 = 25;

/// What erases on one page.
#[derive(Default)]
pub(crate) struct Eraser {
    /// Whether a look is under way.
    looking: Cell<bool>,
    /// Whether another was asked for meanwhile.
    asked: Cell<bool>,
    /// Whether the first look at what stands now is not over.
    due: Cell<bool>,
    /// Number of the last decision that was looked at: what looks for an earlier one stops.
    turn: Cell<u32>,
    /// The decision under which this page looked last.
    seen: RefCell<Option<Decision>>,
    /// Databases whose deletion has not ended.
    deleting: RefCell<Vec<String>>,
    /// Databases whose deletion ended: they were there.
    deleted: RefCell<Vec<String>>,
}

impl Eraser {
    /// The page is new: whoever asks what was removed waits for the first look.
    pub(crate) fn first_look_is_due(&self) {
        self.due.set(true);
    }

    /// There is no decision, so nobody waits.
    pub(crate) fn nothing_is_due(&self) {
        self.due.set(false);
    }

    /// Whether no decision was looked after on this page.
    pub(crate) fn is_new(&self) -> bool {
        self.turn.get() == 0
    }

    /// This decision stands as the page is opened: what is there was stored under it.
    pub(crate) fn opened_under(&self, decision: Decision) {
        self.seen.replace(Some(decision));
    }
}

impl Session {
    /// What was deleted since the last refusal or withdrawal. Another tab may have deleted since, so
    /// it is read each time.
    pub(crate) fn removal(&self) -> Removal {
        self.keeper.borrow().read().removal().unwrap_or_default()
    }

    /// The same, once the look that is due is over.
    pub(crate) fn removed(self: &Rc<Self>) -> Promise {
        let session = self.clone();
        task::promise(async move {
            let end = now_ms() + WAIT;
            while session.eraser.due.get() && now_ms() < end {
                task::pause(STEP).await;
            }
            Ok(snapshot::removal(&session.removal()).to_js())
        })
    }

    /// Erases what a decision that was made here does not allow, as far as that is quick, and goes on
    /// with the rest. `anew`: what was told before is told no longer.
    pub(crate) fn erase(self: &Rc<Self>, decision: &Decision, anew: bool) {
        if anew {
            self.keeper.borrow_mut().remember(&Removal::default());
        }
        // Whatever is met now was there before the decision.
        self.eraser.seen.replace(None);
        self.erase_quickly(decision);
        self.keep_looking();
    }

    /// Erases what takes no time: local and session storage, and cookies where most are. What a page
    /// that is left had no time for is met again at the next load. Whether anything was there.
    fn erase_quickly(&self, decision: &Decision) -> bool {
        let again = self.eraser.seen.borrow().as_ref() == Some(decision);
        let forbidden = self.forbidden(decision);
        let mut met = Vec::new();
        if forbidden.touches(Technology::Cookie) {
            let wanted = |name: &str| forbidden.has(Technology::Cookie, name);
            let before = stores::count_cookies(wanted);
            for (name, _) in &before {
                cookies::expire_usual(&self.host, name);
            }
            if !before.is_empty() {
                meet_cookies(&mut met, &before, &stores::count_cookies(wanted));
            }
        }
        erase_keys(&forbidden, &mut met);
        self.tell(&forbidden, &met, &[Technology::LocalStorage], again);
        !met.is_empty()
    }

    /// Looks at once and again and again: for some seconds, and for as long as something comes back.
    /// All the timers are here.
    pub(crate) fn keep_looking(self: &Rc<Self>) {
        let turn = self.eraser.turn.get().wrapping_add(1);
        self.eraser.turn.set(turn);
        self.eraser.due.set(true);
        let session = Rc::downgrade(self);
        task::start(async move {
            // In a task of its own: the tap is answered first.
            task::pause(0).await;
            let mut wait = SOON;
            for look in 1.. {
                let found = match session.upgrade() {
                    Some(session) if session.eraser.turn.get() == turn => {
                        let found = session.look().await;
                        if !session.may_erase() {
                            return;
                        }
                        found
                    }
                    _ => return,
                };
                if look >= LOOKS && !found {
                    return;
                }
                task::pause(wait).await;
                wait = (wait * 4).min(LATE);
            }
        });
    }

    /// Looks once, soon.
    pub(crate) fn look_soon(self: &Rc<Self>) {
        let session = self.clone();
        task::start(async move {
            session.look().await;
        });
    }

    /// Whether there is anything that could have to be erased.
    fn may_erase(&self) -> bool {
        let decision = self.decision();
        decision.is_some_and(|decision| !self.forbidden(&decision).is_empty())
    }

    fn forbidden<'a>(&'a self, decision: &'a Decision) -> Forbidden<'a> {
        Forbidden::new(&self.notice, decision)
    }

    /// Looks at every store; whether anything was there. One look a page: who asks meanwhile has it
    /// look again.
    async fn look(self: &Rc<Self>) -> bool {
        if self.eraser.looking.replace(true) {
            self.eraser.asked.set(true);
            return false;
        }
        let mut found = false;
        loop {
            self.eraser.asked.set(false);
            if let Some(decision) = self.decision() {
                found |= self.look_under(&decision).await;
            }
            if !self.eraser.asked.get() {
                break;
            }
        }
        self.eraser.looking.set(false);
        self.eraser.due.set(false);
        found
    }

    async fn look_under(self: &Rc<Self>, decision: &Decision) -> bool {
        let turn = self.eraser.turn.get();
        let mut found = self.erase_quickly(decision);
        let again = self.eraser.seen.replace(Some(decision.clone())).as_ref() == Some(decision);
        let forbidden = self.forbidden(decision);
        let goes_on = || self.eraser.turn.get() == turn;
        if forbidden.touches(Technology::Cookie) {
            let mut met = Vec::new();
            self.erase_cookies(&forbidden, &mut met, &goes_on).await;
            // Those that were left just now were told as kept: they are not told as back.
            self.tell(&forbidden, &met, &[], again);
            if !goes_on() {
                return true;
            }
        }
        if forbidden.touches(Technology::IndexedDb) {
            let mut met = Vec::new();
            let listed = self.erase_databases(&forbidden, &mut met).await;
            if !goes_on() {
                return true;
            }
            erase_caches(&forbidden, &mut met).await;
            found |= !met.is_empty();
            let whole = [Technology::IndexedDb];
            self.tell(&forbidden, &met, if listed { &whole } else { &[] }, again);
        }
        found
    }

    async fn erase_cookies(
        &self,
        forbidden: &Forbidden<'_>,
        met: &mut Vec<Met>,
        goes_on: &impl Fn() -> bool,
    ) {
        let wanted = |name: &str| forbidden.has(Technology::Cookie, name);
        let before = stores::count_cookies(wanted);
        if before.is_empty() {
            return;
        }
        let names: Vec<&str> = before.iter().map(|(name, _)| name.as_str()).collect();
        cookies::expire_everywhere(&self.host, &names, goes_on).await;
        meet_cookies(met, &before, &stores::count_cookies(wanted));
    }

    /// Whether the browser lists its databases.
    async fn erase_databases(
        self: &Rc<Self>,
        forbidden: &Forbidden<'_>,
        met: &mut Vec<Met>,
    ) -> bool {
        let technology = Technology::IndexedDb;
        let listed = stores::names(Store::Database).await;
        let lists = listed.is_some();
        let names = listed.unwrap_or_else(|| forbidden.exact(technology));
        let names = names
            .into_iter()
            .filter(|name| forbidden.has(technology, name));
        let names: Vec<String> = names.collect();
        names.iter().for_each(|name| self.delete_database(name));
        let end = now_ms() + PATIENCE;
        let waits = |name: &String| self.eraser.deleting.borrow().contains(name);
        while names.iter().any(waits) && now_ms() < end {
            task::pause(STEP).await;
        }
        let deleted = mem::take(&mut *self.eraser.deleted.borrow_mut());
        let left = match lists {
            true => stores::names(Store::Database).await.unwrap_or_default(),
            false => Vec::new(),
        };
        for name in &names {
            let open = waits(name);
            if lists || open {
                let reason = match open {
                    true => Some(Reason::Open),
                    false => left.contains(name).then_some(Reason::Undeletable),
                };
                meet(met, technology, name, reason.is_none(), reason);
            }
        }
        if !lists {
            for name in deleted.iter().filter(|name| !waits(name)) {
                meet(met, technology, name, true, None);
            }
        }
        lists
    }

    /// Asks for a deletion, once: it stays asked for until whoever has the database open closes it.
    fn delete_database(self: &Rc<Self>, name: &str) {
        let is_asked = |it: &String| it == name;
        if self.eraser.deleting.borrow().iter().any(is_asked) {
            return;
        }
        self.eraser.deleting.borrow_mut().push(name.to_owned());
        let session = Rc::downgrade(self);
        let name = name.to_owned();
        stores::delete_database(&name.clone(), move |was_there| {
            let Some(session) = session.upgrade() else {
                return;
            };
            session
                .eraser
                .deleting
                .borrow_mut()
                .retain(|it| *it != name);
            if was_there {
                session.eraser.deleted.borrow_mut().push(name);
            }
            // It took longer than the look that asked.
            if !session.eraser.looking.get() {
                session.look_soon();
            }
        });
    }

    /// Takes up what a look came to, and tells whoever wants to know if that is anything new.
    fn tell(&self, forbidden: &Forbidden<'_>, met: &[Met], whole: &[Technology], again: bool) {
        let mut removal = self.removal();
        // First: what may be there again is neither kept nor gone.
        let allowed = removal.allow(|technology, key| !forbidden.has(technology, key));
        let taken = removal.take(Look { met, whole, again });
        if !taken && !allowed {
            return;
        }
        self.keeper.borrow_mut().remember(&removal);
        let shown = matches!(self.state.borrow().stack.top(), Some((View::Rights, _)));
        if shown {
            self.refresh();
        }
        let told = snapshot::removal(&removal).to_js();
        self.host.emit("removed", &told);
    }
}

/// Looked at by count: several cookies may have one name.
fn meet_cookies(met: &mut Vec<Met>, before: &[(String, usize)], after: &[(String, usize)]) {
    for (name, count) in before {
        let left = after
            .iter()
            .find(|(same, _)| same == name)
            .map_or(0, |(_, count)| *count);
        let reason = (left > 0).then_some(Reason::Unreachable);
        meet(met, Technology::Cookie, name, left < *count, reason);
    }
}

/// Local and session storage.
fn erase_keys(forbidden: &Forbidden<'_>, met: &mut Vec<Met>) {
    for store in [Store::Local, Store::Session] {
        let technology = store.technology();
        if !forbidden.touches(technology) {
            continue;
        }
        for key in stores::keys(store) {
            if forbidden.has(technology, &key) {
                let gone = stores::remove(store, &key);
                let reason = (!gone).then_some(Reason::Undeletable);
                meet(met, technology, &key, gone, reason);
            }
        }
    }
}

/// Caches are judged like databases.
async fn erase_caches(forbidden: &Forbidden<'_>, met: &mut Vec<Met>) {
    let technology = Technology::IndexedDb;
    let names = stores::names(Store::Cache).await.unwrap_or_default();
    let names: Vec<String> = names
        .into_iter()
        .filter(|name| forbidden.has(technology, name))
        .collect();
    for name in &names {
        stores::delete_cache(name).await;
    }
    if names.is_empty() {
        return;
    }
    let left = stores::names(Store::Cache).await.unwrap_or_default();
    for name in &names {
        let reason = left.contains(name).then_some(Reason::Undeletable);
        meet(met, technology, name, reason.is_none(), reason);
    }
}

/// Notes a key; a database and a cache of one name are one.
fn meet(met: &mut Vec<Met>, technology: Technology, key: &str, went: bool, left: Option<Reason>) {
    let same = |it: &&mut Met| it.technology == technology && it.key == key;
    let twice = technology == Technology::IndexedDb;
    if let Some(met) = met.iter_mut().filter(|_| twice).find(same) {
        met.went |= went;
        met.left = met.left.or(left);
        return;
    }
    met.push(Met {
        technology,
        key: key.to_owned(),
        went,
        left,
    });
}
