// Deletes what the decision does not allow, looks again, and says what is still there and why, and what was
// there again. What may lie there is judged by the module (src/erase.rs).
//
// What is quick is deleted with the decision; the rest in tasks after it, for which nobody waits.
//
// Old libraries have an `Array.from`, a `Map` and a `JSON.stringify` of their own, so that none is used here
// and in stores.js and stored.js.
zqModule.eraser = (host, core, notice, stores) => {
  const { pause } = zqModule;
  // From the first look to the second, in milliseconds. Each pause is four times the one before: the third
  // look is 5 s after the first.
  const SOON = 1000;
  // The longest pause, while something comes back.
  const LATE = 60000;
  // How many looks there are though nothing comes back.
  const LOOKS = 3;
  // How long a look waits for databases to be deleted, in milliseconds; those that somebody has open may
  // take for ever.
  const PATIENCE = 1000;
  // How long `removed()` waits for the look that is due, in milliseconds.
  const WAIT = 5000;
  // Between two looks at something that cannot be waited for, in milliseconds.
  const STEP = 25;
  // Why something is left, as src/erase.rs counts the reasons.
  const [UNREACHABLE, UNDELETABLE, OPEN] = [0, 1, 2];

  let looking = false;
  // Whether another look was asked for meanwhile.
  let asked = false;
  // Whether the first look at what stands now is not over.
  let due = true;
  // Number of the last decision that was looked at: what looks for an earlier one stops.
  let turn = 0;
  // The decision under which this page looked last.
  let seen = null;
  // Databases whose deletion has not ended, and those whose deletion ended: they were there.
  let deleting = [];
  let deleted = [];

  // Whether anything there is forbidden.
  const touches = (technology) => core.touched().indexOf(technology) >= 0;
  const mayErase = () => core.takeUp() !== undefined && ['cookie', 'local_storage', 'session_storage', 'indexed_db'].some(touches);

  // Notes what became of a key; a database and a cache of one name are one.
  const meet = (met, technology, key, went, left) => {
    const same = technology === 'indexed_db' && met.find((it) => it.key === key);
    if (!same) {
      met.push({ technology, key, went, left });
      return;
    }
    same.went = same.went || went;
    if (same.left === null) same.left = left;
  };
  // Tells what a look came to. `whole`: the technologies of which it saw everything.
  const tell = (met, whole, again) => {
    const texts = [];
    met.forEach(({ technology, key, went, left }) => texts.push(technology, key, went ? 'gone' : '', left === null ? '' : '' + left));
    const told = core.tellErased(texts, whole, again);
    if (told) host.emit('removed', JSON.parse(told));
  };

  // How many cookies there are of each name: several may have one.
  const counted = () => {
    const counts = Object.create(null);
    stores.cookies().forEach((name) => { counts[name] = (counts[name] || 0) + 1; });
    return counts;
  };
  const forbidden = (counts) => Object.keys(counts).filter((name) => core.forbids('cookie', name));
  const meetCookies = (met, names, before) => {
    const after = counted();
    names.forEach((name) => {
      const left = after[name] || 0;
      meet(met, 'cookie', name, left < before[name], left > 0 ? UNREACHABLE : null);
    });
  };

  // Erases what takes no time: local and session storage, and cookies where most are. What a page that is
  // left had no time for is met again at the next load. Whether anything was there.
  const eraseQuickly = (standing) => {
    const met = [];
    if (touches('cookie')) {
      const before = counted();
      const names = forbidden(before);
      names.forEach(stores.expireUsual);
      if (names.length) meetCookies(met, names, before);
    }
    ['local_storage', 'session_storage'].filter(touches).forEach((store) => stores.keys(store).forEach((key) => {
      if (!core.forbids(store, key)) return;
      const gone = stores.remove(store, key);
      meet(met, store, key, gone, gone ? null : UNDELETABLE);
    }));
    tell(met, ['local_storage'], seen === standing);
    return met.length > 0;
  };

  const eraseCookies = (met, goesOn) => {
    const before = counted();
    const names = forbidden(before);
    if (!names.length) return Promise.resolve();
    return stores.expireEverywhere(names, goesOn).then(() => meetCookies(met, names, before));
  };

  // Asks for a deletion, once: it stays asked for until whoever has the database open closes it.
  const deleteDatabase = (name) => {
    if (deleting.indexOf(name) >= 0) return;
    deleting.push(name);
    stores.deleteDatabase(name).then((wasThere) => {
      deleting = deleting.filter((it) => it !== name);
      if (wasThere) deleted.push(name);
      // It took longer than the look that asked.
      if (!looking) lookSoon();
    });
  };
  // Names of databases that stand as they are in the trackers' uses.
  const exact = () => {
    const found = [];
    notice.trackers.forEach((tracker) => tracker.uses.forEach((use) => {
      if (use.technology === 'indexed_db') found.push(...use.match.filter((pattern) => pattern.indexOf('*') < 0));
    }));
    return found;
  };
  // A promise of whether the browser lists its databases. Where it does not, those are deleted whose names
  // are known.
  const eraseDatabases = (met) => stores.names('indexed_db').then((listed) => {
    const names = (listed || exact()).filter((name) => core.forbids('indexed_db', name));
    const waits = (name) => deleting.indexOf(name) >= 0;
    names.forEach(deleteDatabase);
    const end = Date.now() + PATIENCE;
    const wait = () => names.some(waits) && Date.now() < end ? pause(STEP).then(wait) : undefined;
    return Promise.resolve(wait()).then(() => listed && stores.names('indexed_db')).then((left) => {
      const went = deleted;
      deleted = [];
      names.forEach((name) => {
        const open = waits(name);
        if (!listed && !open) return;
        const stays = (left || []).indexOf(name) >= 0;
        const reason = open ? OPEN : stays ? UNDELETABLE : null;
        meet(met, 'indexed_db', name, reason === null, reason);
      });
      if (!listed) went.filter((name) => !waits(name)).forEach((name) => meet(met, 'indexed_db', name, true, null));
      return Boolean(listed);
    });
  });
  // Caches are judged like databases.
  const eraseCaches = (met) => stores.names('cache').then((listed) => {
    const names = (listed || []).filter((name) => core.forbids('indexed_db', name));
    if (!names.length) return undefined;
    return Promise.all(names.map(stores.deleteCache)).then(() => stores.names('cache')).then((left) => {
      names.forEach((name) => {
        const stays = (left || []).indexOf(name) >= 0;
        meet(met, 'indexed_db', name, !stays, stays ? UNDELETABLE : null);
      });
    });
  });

  // Looks at every store; a promise of whether anything was there.
  const lookUnder = (standing) => {
    const mine = turn;
    const goesOn = () => turn === mine;
    let found = eraseQuickly(standing);
    const again = seen === standing;
    seen = standing;
    const ofCookies = [];
    const ofDatabases = [];
    return Promise.resolve(touches('cookie') && eraseCookies(ofCookies, goesOn).then(() => {
      // Those that were left just now were told as kept: they are not told as back.
      if (goesOn()) tell(ofCookies, [], again);
    })).then(() => {
      if (!goesOn()) return true;
      if (!touches('indexed_db')) return found;
      return eraseDatabases(ofDatabases).then((listed) => !goesOn() || eraseCaches(ofDatabases).then(() => {
        found = found || ofDatabases.length > 0;
        if (goesOn()) tell(ofDatabases, listed ? ['indexed_db'] : [], again);
        return found;
      }));
    });
  };
  // One look a page: who asks meanwhile has it look again.
  const look = () => {
    if (looking) {
      asked = true;
      return Promise.resolve(false);
    }
    looking = true;
    let found = false;
    const once = () => {
      asked = false;
      const standing = core.takeUp();
      return Promise.resolve(standing !== undefined && lookUnder(standing)).then((any) => {
        found = found || any;
        if (asked) return once();
        looking = due = false;
        return found;
      });
    };
    return new Promise((done) => done(once())).catch((error) => {
      // What a browser makes fail fails for this time.
      looking = due = false;
      host.warn(error.message);
      return false;
    });
  };
  // Looks once, soon.
  const lookSoon = () => { look(); };
  // Looks at once and again and again: for some seconds, and for as long as something comes back. All the
  // timers are here.
  const keepLooking = () => {
    const mine = ++turn;
    let wait = SOON;
    let looks = 0;
    due = true;
    const next = () => turn === mine && look().then((found) => {
      looks += 1;
      if (!mayErase() || (looks >= LOOKS && !found)) return;
      setTimeout(next, wait);
      wait = Math.min(wait * 4, LATE);
    });
    // In a task of its own: the tap is answered first.
    setTimeout(next);
  };

  return {
    // The page was opened. What stands now stood when it was stored.
    begin() {
      // Unless somebody decided meanwhile: then that is looked after already.
      if (turn) return;
      const standing = core.takeUp();
      if (standing === undefined) {
        due = false;
        return;
      }
      seen = standing;
      keepLooking();
    },
    // A decision was made here, and the module goes by it: erases what it does not allow, as far as that is quick, and goes on with the
    // rest. Whatever is met now was there before it.
    decided() {
      seen = null;
      keepLooking();
      eraseQuickly();
    },
    keepLooking,
    lookSoon,
    // What was deleted since the last refusal or withdrawal, once the look that is due is over.
    removed() {
      const end = Date.now() + WAIT;
      const wait = () => due && Date.now() < end ? pause(STEP).then(wait) : JSON.parse(core.removed());
      return Promise.resolve(wait());
    }
  };
};
