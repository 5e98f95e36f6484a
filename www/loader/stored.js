// What is stored in the browser now: listed, kept up to date while it is in view, and deleted on request.
zqModule.stored = (host, core, stores, sheets) => {
  const { pause, within } = zqModule;
  // In the order in which they are listed.
  const STORES = ['cookie', 'local_storage', 'session_storage', 'indexed_db', 'cache'];
  // Between two looks at the stores, in milliseconds: no browser tells of every change.
  const LOOK = 2000;
  // How long the page may take to close a database that is deleted, in milliseconds.
  const LIMIT = 1000;
  let watching = false;

  // Everything that this page can see stored, sorted, each once.
  const all = () => Promise.all(STORES.map(stores.names)).then((lists) => {
    const entries = [];
    lists.forEach((keys, at) => (keys || []).sort().forEach((key, before) => {
      if (key !== keys[before - 1]) entries.push({ store: STORES[at], key });
    }));
    return entries;
  });
  const show = () => {
    const html = core.listed();
    if (html !== undefined) sheets.refill('zq-stored', html);
  };
  // The list changes only where what is stored did.
  const list = (entries) => {
    const texts = [];
    entries.forEach(({ store, key }) => texts.push(store, key));
    if (core.list(texts)) show();
  };
  // What a browser makes fail fails for this time.
  const look = () => all().then(list).catch((error) => host.warn(error.message));

  // Deletes one entry, as far as the browser lets it.
  const take = ({ store, key }) => {
    if (store === 'cookie') return stores.expireEverywhere([key], () => true);
    // Held up by a page that has it open is not deleted.
    if (store === 'indexed_db') return within(stores.deleteDatabase(key), LIMIT);
    if (store === 'cache') return stores.deleteCache(key);
    return stores.remove(store, key);
  };
  const takeAll = (entries) => {
    let taken = Promise.resolve();
    entries.forEach((entry) => { taken = taken.then(() => take(entry)); });
    return taken.then(all).then((now) => {
      const left = entries.filter((entry) => now.some((it) => it.store === entry.store && it.key === entry.key));
      sheets.say(core.deleted(entries.length - left.length, left.map((it) => it.key)));
      list(now);
      show();
    });
  };
  const entry = (control) => ({ store: control.getAttribute('data-zq-store'), key: control.getAttribute('data-zq-key') });

  return {
    // Looks at the stores, and again every while, for as long as the preferences are open.
    watch() {
      look();
      if (watching) return;
      watching = true;
      const again = () => pause(LOOK).then(() => {
        watching = core.hasPreferences();
        return watching && look().then(again);
      });
      again();
    },
    // The delete button of one entry.
    remove: (control) => takeAll([entry(control)]),
    // "Delete all", which asks again first. What is ours has no button.
    removeAll() {
      const entries = core.sure() ? sheets.all('[data-zq=delete]').map(entry) : [];
      if (entries.length) return takeAll(entries);
      show();
      return undefined;
    }
  };
};
