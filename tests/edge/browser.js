// What a test does to the browser, or hears of it, whatever page is open.

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Whether the browser says so is the browser's: a test says it for the browser.
export const pretend = (name, value) => {
  Object.defineProperty(navigator, name, { value, configurable: true });
};

// A database that stays open, as one does that a library holds, until it is closed.
export const database = (name) => new Promise((resolve, reject) => {
  const opened = indexedDB.open(name, 1);
  opened.onsuccess = () => resolve(opened.result);
  opened.onerror = () => reject(opened.error);
});

// The names of databases and caches that are not ours, sorted, in one line.
export const stored = async () => {
  const databases = (await indexedDB.databases()).map((it) => it.name).filter((it) => !/^zq/.test(it));
  return databases.concat(await caches.keys()).sort().join(' ');
};

// Makes the browser's databases `absent`, `denied`, `hung` or `full`, until the test puts them back.
export const broken = (how) => {
  if (how === 'absent') return without('window', 'indexedDB');
  const [type, name] = how === 'full' ? [IDBObjectStore, 'put'] : [IDBFactory, 'open'];
  const native = type.prototype[name];
  type.prototype[name] = function (...given) {
    if (how === 'denied') throw new DOMException('', 'SecurityError');
    // Without an answer for ever.
    if (how === 'hung') return {};
    native.apply(this, given);
    return this.transaction.abort();
  };
  return () => { type.prototype[name] = native; };
};

// Takes a function away from an object of the window until the test puts it back.
export const without = (object, name) => {
  const own = Object.getOwnPropertyDescriptor(window[object], name);
  Object.defineProperty(window[object], name, { value: undefined, configurable: true });
  return () => {
    delete window[object][name];
    if (own) Object.defineProperty(window[object], name, own);
  };
};

// Dispatches an event to the window; `persisted` is what a page event says.
export const dispatch = (name, persisted) => {
  window.dispatchEvent(persisted === undefined ? new Event(name) : new PageTransitionEvent(name, { persisted }));
};

// Makes of the language what libraries from before these names make of it, until the test puts it back.
export const old = () => {
  const { from } = Array;
  const { Map, Set } = window;
  const { reduce } = Array.prototype;
  Array.from = () => [];
  window.Map = window.Set = function () {};
  Array.prototype.reduce = function () { return this[0]; };
  Array.prototype.toJSON = () => '[]';
  String.prototype.toJSON = function () { return '"' + this + '"'; };
  return () => {
    Array.from = from;
    Object.assign(window, { Map, Set });
    Array.prototype.reduce = reduce;
    delete Array.prototype.toJSON;
    delete String.prototype.toJSON;
  };
};

// A button of the page that has the focus and will not take it again, and cookies that nobody may read:
// until the function that comes back is called.
export const spiteful = () => {
  const button = document.body.appendChild(document.createElement('button'));
  button.focus();
  button.focus = () => { throw new Error('not this one'); };
  Object.defineProperty(document, 'cookie', {
    get() { throw new DOMException('', 'SecurityError'); },
    set() { throw new DOMException('', 'SecurityError'); },
    configurable: true
  });
  return () => {
    delete document.cookie;
    button.remove();
  };
};

// What www/loader/stores.js (`stores`) writes to expire a cookie that stays, on a page of this host and path:
// a line for each write.
export const expiring = async (stores, host, path, secure, framed, name) => {
  const page = {};
  page.top = framed ? {} : page;
  const written = [];
  const quietly = (act) => {
    try { return act(); } catch (_) { return undefined; }
  };
  const zqModule = { pause: sleep, quietly, within: (promise) => Promise.resolve(promise) };
  const given = {
    zqModule,
    window: page,
    location: { hostname: host, pathname: path },
    document: { cookie: name + '=1' },
    isSecureContext: secure,
    cookieStore: undefined
  };
  new Function(...Object.keys(given), stores)(...Object.values(given));
  await zqModule.stores({ writeCookie: (text) => written.push(text) }).expireEverywhere([name], () => true);
  return written.join('\n');
};

// The person goes to another tab, as far as a page can tell.
export const hide = () => {
  Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  delete document.hidden;
};

// Hears of every `zhiqing:removed` from now on.
export const heard = () => {
  const heard = [];
  document.addEventListener('zhiqing:removed', (event) => heard.push(event.detail));
  return heard;
};
