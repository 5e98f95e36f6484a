// ---- What is stored -------------------------------------------------------------------------

// A cookie without `=` has a value and no name.
const cookieName = (text) => (/^\s*([^;=]*?)\s*=/.exec(text) || ['', ''])[1];
const nothing = () => {};
const watchCookies = (scope) => {
  patch(scope.Document.prototype, 'cookie', (_, args) => {
    const text = '' + args[0];
    // To delete one is nobody's purpose.
    return !/; *(max-age=[-0]|expires=.*1970)/i.test(text) && judge('cookie', cookieName(text)) && nothing;
  });
  const store = scope.CookieStore;
  patch(store && store.prototype, 'set', (_, args) => judge('cookie', ('' + ((args[0] || {}).name || args[0])).trim()) && (() => Promise.resolve()));
};
// A write as to an object (`localStorage.key = value`) passes no function. So where one is to be held
// back, pages get the store behind a proxy; `Storage`'s own functions look behind it.
const stores = new WeakMap();
const { get, set } = WeakMap.prototype;
// By the proxy or by the store: both, and the technology.
const front = (it) => call(get, stores, [it]);
const watchStorage = (scope) => {
  const kinds = ['local', 'session'].filter((kind) => closed || uses.some((use) => use[1] === kind + '_storage'));
  if (!kinds[0]) return;
  const prototype = scope.Storage.prototype;
  Object.keys(prototype).forEach((name) => patch(prototype, name, (owner, args) => {
    const known = front(owner);
    if (name === 'setItem' && quietly(() => judge(known[2], args[0]))) return nothing;
    return known && ((native) => call(native, known[1], args));
  }));
  // Where the page froze them, what is behind a proxy would be no store.
  if (natives.has(prototype.clear)) kinds.forEach((kind) => patch(scope, kind + 'Storage', (owner, args) => (native) => {
    const store = call(native, owner, args);
    let known = front(store);
    // Null where a web view has it switched off.
    if (store && !known) {
      const technology = kind + '_storage';
      known = [new Proxy(store, {
        defineProperty: (_, key, found) => quietly(() => judge(technology, key)) || define(store, key, found)
      }), store, technology];
      call(set, stores, [store, known]);
      call(set, stores, [known[0], known]);
    }
    return known ? known[0] : store;
  }));
  // Events name the store itself.
  const event = scope.StorageEvent.prototype;
  patch(event, 'storageArea', (owner, args) => (native) => {
    const store = call(native, owner, args);
    const known = front(store);
    return known ? known[0] : store;
  });
  patch(event, 'initStorageEvent', (_, args) => { args[7] = front(args[7])[1]; });
  patch(scope, 'StorageEvent', (args) => {
    args[1] = Object.create(args[1], { storageArea: { value: front(args[1].storageArea)[1] } });
  });
};
const watchDatabases = (scope) => {
  const factory = scope.IDBFactory;
  patch(factory && factory.prototype, 'open', (self, args) => {
    const name = '' + args[0];
    if (!judge('indexed_db', name)) {
      return (native) => {
        const request = call(native, self, args);
        request.addEventListener('success', () => {
          open.push([request.result, 'indexed_db', name]);
          // Much may have been decided while it opened.
          closeHeld();
        });
        return request;
      };
    }
    // Fails as one that is not let in: a database of ours that is given up while it is made.
    return (native) => {
      const request = call(native, self, ['zq', 1]);
      request.addEventListener('upgradeneeded', (event) => {
        event.stopImmediatePropagation();
        request.transaction.abort();
      });
      return request;
    };
  });
  const caches = scope.CacheStorage;
  patch(caches && caches.prototype, 'open', (_, args) => judge('indexed_db', args[0]) && (() => Promise.reject(new DOMException('', 'SecurityError'))));
};
