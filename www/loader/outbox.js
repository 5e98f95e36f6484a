// Every record from the decision on until the server has it, and what the server returned.
//
// A record lands in local storage with the decision itself, because a tab may be closed the next instant:
// under a key of its own, so that no tab writes over what another put there. From there it goes into
// IndexedDB, which a browser writes to the disk at once, and leaves local storage when it is there. Where the
// one is missing the other is all there is; where both are, this page's memory. What lies in two places
// counts once.
//
// An entry is a text: the bearer token of the record's subject, 0 or the status with which the server returned
// it, and the record. Nothing is made into JSON here: old libraries have a `toJSON` of their own.
zqModule.outbox = (host, site, stores) => {
  const { quietly, within } = zqModule;
  // Also the database's. No site's name has a dot.
  const NAME = 'zq.' + site;
  const STORE = 'records';
  // How long the database may take, in milliseconds: Safari's may never answer.
  const PATIENCE = 2000;
  const ENTRY = /^(\S+) (\d+) (\{[^]*)/;
  // How long an id is (RFC 9562).
  const ID = 36;

  // By id: where nothing else takes it, and what the database had when it was read.
  const memory = Object.create(null);
  let known = {};
  // How often the database failed. It is asked twice: it may have been slow once, and hold what comes first.
  let failed = 0;

  // What else is to be remembered in local storage, by a short name.
  const recall = (name) => quietly(() => localStorage.getItem(NAME + '.' + name));
  const remember = (name, text) => quietly(() => localStorage.setItem(NAME + '.' + name, text));
  const forget = (name) => quietly(() => localStorage.removeItem(NAME + '.' + name));

  const landed = () => {
    const found = Object.assign({}, memory);
    stores.keys('local_storage').forEach((key) => {
      const id = key.slice(NAME.length + 1);
      if (key === NAME + '.' + id && id.length === ID) found[id] = recall(id);
    });
    return found;
  };
  // Whatever is no entry is none.
  const entry = (text) => quietly(() => {
    const [, bearer, status, record] = ENTRY.exec(text);
    const { id, previous } = JSON.parse(record);
    return { id, previous, bearer, status, record };
  });
  // As they were made: ids are ordered by time (UUIDv7), and sequences begin again with each subject.
  const sorted = (texts) => Object.keys(texts).sort().map((id) => entry(texts[id])).filter(Boolean);
  const waits = (it) => it.status === '0';
  // Everything, as far as this page knows.
  const all = () => sorted(Object.assign({}, known, landed()));

  // One transaction: puts these in, takes that one out, and reads what is there then.
  const turn = (texts, gone, before) => new Promise((done, fail) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = (event) => {
      // Firefox tells the page of it otherwise.
      event.preventDefault();
      fail();
    };
    opening.onsuccess = () => {
      const database = opening.result;
      try {
        const mode = gone || Object.keys(texts)[0] ? 'readwrite' : 'readonly';
        // What comes too late would put back what is settled.
        const transaction = failed > before || database.transaction(STORE, mode, { durability: 'strict' });
        const store = transaction.objectStore(STORE);
        Object.keys(texts).forEach((id) => store.put(texts[id], id));
        if (gone) store.delete(gone);
        const read = store.getAll();
        transaction.oncomplete = () => done(read.result);
        transaction.onabort = fail;
        transaction.onerror = opening.onerror;
      } catch (_) { fail(); }
      // After its transactions; a page that has one open is not kept for the way back.
      database.close();
    };
  });
  const look = (gone) => {
    const texts = gone ? {} : landed();
    // Before a decision there is no database, and none is made. A browser that was killed may have forgotten
    // everything else.
    const begun = gone || Object.keys(texts)[0] || quietly(() => localStorage.getItem(NAME)) || host.kept();
    return (begun ? Promise.resolve([NAME]) : stores.names('indexed_db')).then((names) => {
      if (failed > 1 || (names || []).indexOf(NAME) < 0) return undefined;
      const before = failed;
      return within(turn(texts, gone, before), PATIENCE).then((read) => {
        if (!read) failed = before + 1;
        return read;
      });
    }).then((read) => {
      if (!read) {
        Object.assign(known, texts);
      } else {
        Object.keys(texts).forEach((id) => {
          // It may have been returned meanwhile.
          if (recall(id) === texts[id]) forget(id);
          if (memory[id] === texts[id]) delete memory[id];
        });
        known = {};
        read.forEach((text) => { known[quietly(() => entry(text).id)] = text; });
      }
      return sorted(known).filter(waits);
    });
  };

  return {
    remember,
    recall,
    forget,
    // Puts a record in; it lies there when this is done.
    land(bearer, record, status) {
      const text = [bearer, status, record].join(' ');
      const { id } = entry(text);
      remember(id, text);
      if (recall(id) !== text) memory[id] = text;
    },
    // What waits to be sent, as far as this page knows; and a promise of it once the database was asked.
    waiting: () => all().filter(waits),
    look: () => look(),
    // Takes a record out, which the server has.
    drop(id) {
      delete memory[id];
      delete known[id];
      forget(id);
      return look(id);
    },
    // 1 where anything waits, and 2 more where anything was returned.
    holds() {
      const those = all();
      return (those.some(waits) ? 1 : 0) + (those.every(waits) ? 0 : 2);
    }
  };
};
