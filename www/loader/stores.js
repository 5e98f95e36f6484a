// The browser's stores: what lies there, and how it goes. Called by the names of src/stored.rs.
zqModule.stores = (host) => {
  const { pause, quietly, within } = zqModule;
  // How long a browser may take to list a store, or to delete from it, in milliseconds.
  const LIMIT = 1000;
  // How long the places of all cookies may be tried at one look, in milliseconds: an address may have
  // thousands of folders.
  const LONGEST = 2000;
  // How long a task may work before it makes way, in milliseconds.
  const TASK = 4;

  const web = (store) => quietly(() => window[{ local_storage: 'localStorage', session_storage: 'sessionStorage' }[store]]);

  // The names of the cookies that a script of this page sees, each as often as there are cookies of that
  // name. One without `=` has a value and no name.
  const cookies = () => (quietly(() => document.cookie) || '').split(';').map((pair) => pair.trim()).filter(Boolean).map((pair) => {
    return pair.indexOf('=') < 0 ? '' : pair.split('=')[0].trim();
  });
  // The keys of local or session storage.
  const keys = (store) => {
    const found = [];
    quietly(() => {
      const storage = web(store);
      for (let at = 0; at < storage.length; at++) found.push(storage.key(at));
    });
    return found;
  };
  // Names that a browser promises, strings or objects with a name; nothing where it does not list them.
  const told = (names) => names ? within(names, LIMIT).then((names) => Array.isArray(names) ? names.map((it) => it.name === undefined ? it : it.name) : undefined) : Promise.resolve();
  // The names in a store.
  const names = (store) => {
    if (store === 'cookie') return Promise.resolve(cookies());
    if (store === 'indexed_db') return told(quietly(() => indexedDB.databases()));
    if (store === 'cache') return told(quietly(() => caches.keys()));
    return Promise.resolve(keys(store));
  };

  // Takes a key out of local or session storage; whether it is gone.
  const remove = (store, key) => {
    const storage = web(store);
    quietly(() => storage.removeItem(key));
    return quietly(() => storage.getItem(key)) === null;
  };
  // Deletes a database; a promise of whether there was one and it is gone. That may be never: whoever has
  // it open holds the deletion up.
  const deleteDatabase = (name) => new Promise((done) => {
    const request = quietly(() => indexedDB.deleteDatabase(name));
    if (!request) return done(false);
    // Nothing was there where the version before is 0.
    request.onsuccess = (event) => done(event.oldVersion > 0);
    request.onerror = () => done(false);
  });
  const deleteCache = (name) => within(quietly(() => caches.delete(name)), LIMIT);

  // ---- Cookies: deleted wherever a script of this page can ----
  //
  // A cookie is known by its name, domain, path and partition, and `document.cookie` tells the name only:
  // where the Cookie Store tells the rest it is asked first, and then every place is tried that a cookie
  // in sight of this page can have.

  // `m.shop.example.com` → no domain, itself, `shop.example.com`, `example.com`: a browser refuses those
  // that are too wide. An address of numbers has none above it.
  const domains = () => {
    const host = location.hostname;
    const found = ['', host];
    if (/(^|\.)\d+$|^\[/.test(host)) return found;
    const parts = host.split('.');
    for (let at = 1; at < parts.length - 1; at++) found.push(parts.slice(at).join('.'));
    return found;
  };
  // `/a/b` → `/`, the page's own folder, `/a`, `/a/`, `/a/b`: every path that is in sight of it. One that
  // is not named is that of the page's folder, even where it holds a semicolon.
  const paths = () => {
    const path = location.pathname;
    const found = ['/', ''];
    for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) found.push(path.slice(0, at), path.slice(0, at + 1));
    if (!path.endsWith('/')) found.push(path);
    return found;
  };
  // What a write must say to reach a cookie, the plainest first. A page that is not secure cannot write the
  // others; in a frame of another site nothing else is taken than the second.
  const attributes = () => {
    const none = '; Secure; SameSite=None';
    return [''].concat(isSecureContext ? (window.top !== window ? [none] : []).concat(none + '; Partitioned') : []);
  };
  // Through the native setter: the gate holds back every write of these names, this one too.
  const expire = (name, path, domain, attributes) => {
    // A browser takes no cookie with neither name nor value, nor one with a prefix of RFC 6265bis without
    // the attribute, not even to delete it.
    const secure = /^__(secure|host)-/i.test(name) && !attributes ? '; Secure' : '';
    host.writeCookie(`${name}=${name ? '' : 0}; Max-Age=0${path && '; Path=' + path}${domain && '; Domain=' + domain}${secure}${attributes}`);
  };
  // Where most are: for all paths, of this host and of each domain above it.
  const expireUsual = (name) => domains().forEach((domain) => expire(name, '/', domain, ''));
  // What the Cookie Store tells with domain, path and partition. Browsers differ in how much of that they
  // tell; what is wrong goes where no such cookie is.
  const deleteTold = (names) => within(quietly(() => cookieStore.getAll()), LIMIT).then((all) => {
    const deleted = (all || []).filter((cookie) => names.indexOf(cookie.name) >= 0).map((cookie) => {
      return within(quietly(() => cookieStore.delete(cookie)), LIMIT);
    });
    return Promise.all(deleted);
  });
  // Wherever they can be; `goesOn` is asked now and then.
  const expireEverywhere = (wanted, goesOn) => deleteTold(wanted).then(() => {
    const end = Date.now() + LONGEST;
    const places = [];
    attributes().forEach((attributes) => paths().forEach((path) => places.push([path, attributes])));
    let name = 0;
    let at = 0;
    const work = () => {
      const since = Date.now();
      while (name < wanted.length) {
        const now = Date.now();
        if (now > end || !goesOn()) return undefined;
        if (now - since >= TASK) return pause(0).then(work);
        // Looked at by count, because several may have the name.
        if (at < places.length && cookies().indexOf(wanted[name]) >= 0) {
          const [path, attributes] = places[at++];
          domains().forEach((domain) => expire(wanted[name], path, domain, attributes));
        } else {
          name++;
          at = 0;
        }
      }
      return undefined;
    };
    return work();
  });

  return { cookies, keys, names, remove, deleteDatabase, deleteCache, expireUsual, expireEverywhere };
};
