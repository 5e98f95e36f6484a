// ---- What is stored -------------------------------------------------------------------------

const nothing = () => {};
const watchCookies = (scope) => {
  patchOf(scope.Document, 'cookie', (_, args) => {
    const text = '' + args[0];
    // To delete one is nobody's purpose. One without `=` has a value and no name.
    return !/; *(max-age=[-0]|expires=.*1970)/i.test(text) && judge('cookie', (/^\s*([^;=]*?)\s*=/.exec(text) || ['', ''])[1]) && nothing;
  });
  patchOf(scope.CookieStore, 'set', (_, args) => judge('cookie', ('' + ((args[0] || {}).name || args[0])).trim()) && (() => Promise.resolve()));
};
// A write as to an object (`localStorage.key = value`) passes no function. So where one is to be held
// back, pages get the store behind a proxy; `Storage`'s own functions look behind it.
const stores = new WeakMap();
const { get, set } = WeakMap.prototype;
const write = Reflect.set;
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
        // The same as a definition, which browsers take far longer for.
        set: (_, key, value, self) => {
          const it = self === known[0];
          // Nobody can write its length.
          return (it && key !== 'length' && quietly(() => judge(technology, key))) || write(store, key, value, it ? store : self);
        },
        defineProperty: (_, key, found) => quietly(() => judge(technology, key)) || define(store, key, found)
      }), store, technology];
      call(set, stores, [store, known]);
      call(set, stores, [known[0], known]);
    }
    return known ? known[0] : store;
  }));
  // What reads such events is watched by www/loader.
  patch(scope, 'StorageEvent', (args) => {
    args[1] = Object.create(args[1], { storageArea: { value: front(args[1].storageArea)[1] } });
  });
};
const watchDatabases = (scope) => {
  patchOf(scope.IDBFactory, 'open', (self, args) => {
    const name = '' + args[0];
    if (!judge('indexed_db', name)) {
      return claimed && ((native) => {
        const request = call(native, self, args);
        request.addEventListener('success', () => {
          open.push([request.result, 'indexed_db', name]);
          // Much may have been decided while it opened.
          closeHeld();
        });
        return request;
      });
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
  patchOf(scope.CacheStorage, 'open', (_, args) => judge('indexed_db', args[0]) && (() => Promise.reject(new DOMException('', 'SecurityError'))));
};
