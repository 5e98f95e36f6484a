// A page without a guard: it lends the loader (www/loader/) what www/guard/ lends it, answers its requests
// from memory, and remembers what it did.

const BASE = 'https://files.example/zhiqing/';
const nativeFetch = window.fetch.bind(window);

// What a script reads of the cookies, where it may.
const jar = () => {
  try { return document.cookie; } catch (_) { return ''; }
};

const forget = () => {
  localStorage.clear();
  sessionStorage.clear();
  document.cookie.split(/; */).forEach((pair) => {
    document.cookie = pair.split('=')[0] + '=; Path=/; Max-Age=0';
  });
};

export class Page {
  // `files`: texts by their names below the base.
  constructor(files) {
    forget();
    this.files = files;
    this.posts = [];
    this.decisions = [];
    this.banners = 0;
    // What becomes of a POST: 'up', 'down', 'held' until `release`, or a status to answer with.
    this.network = 'up';
    this.held = [];
    this.restore = () => {};
    this.tapped = false;
    // What the site's tag says, and what the server has of whoever that is.
    this.token = null;
    this.history = "[]";
    this.renewed = '';
    this.element = document.createElement('zhiqing-notice');
    this.root = this.element.attachShadow({ mode: 'open' });
    // What listens to this page hears of no other.
    const listen = EventTarget.prototype.addEventListener;
    const heard = [];
    EventTarget.prototype.addEventListener = function (...given) {
      heard.push([this || window, given]);
      listen.apply(this, given);
    };
    this.deafen = () => {
      EventTarget.prototype.addEventListener = listen;
      heard.forEach(([target, given]) => target.removeEventListener(...given));
    };
    this.host = {
      base: BASE,
      mount: () => {
        if (!this.element.isConnected) document.documentElement.appendChild(this.element);
        return this.root;
      },
      style: () => {},
      warn: () => {},
      setHtml: (element, html) => { element.innerHTML = html; },
      banner: () => { this.banners += 1; },
      apply: (decision) => { this.decisions.push(decision); },
      kept: () => {
        const found = jar().split(/; */).filter((pair) => pair.slice(0, 3) === 'zq=');
        return found.map((pair) => pair.slice(3))[0] || null;
      },
      writeCookie: (text) => { document.cookie = text; },
      shownMs: () => 1234.5,
      asking: (on) => { this.asks = on; },
      personActs: () => this.tapped,
      miniProgram: () => null,
      token: () => this.token,
      emit: (name, detail) => { document.dispatchEvent(new CustomEvent('zhiqing:' + name, { detail })); },
      state: () => ({ applied: this.decisions[this.decisions.length - 1] }),
      digest: '',
      renew: (_, version, purposes, banner) => { this.renewed = JSON.stringify([version, purposes, banner.length > 0]); }
    };
    // Fetched when it is asked for, as a fetch that fails must.
    const notice = () => this.file('notice.json').then((answer) => {
      if (!answer.ok) throw new Error('notice.json answered ' + answer.status);
      return answer.text();
    });
    Object.defineProperty(this.host, 'notice', { get: notice });
    // As when guard and notice come from one build; a test that wants otherwise says so.
    try { this.host.digest = JSON.parse(files['notice.json']).digest.slice(0, 23); } catch (_) { /* garbage */ }
    window.fetch = (input, init) => {
      const request = new Request(input, init);
      if (request.url.startsWith(BASE)) return this.file(request.url.slice(BASE.length));
      if (request.url === location.origin + '/v1/consents') return this.consents(request);
      if (request.url.startsWith(location.origin + '/v1/consents/')) return this.told(request);
      return nativeFetch(input, init);
    };
  }

  // Starts the module as www/loader/loader.js does. A page that is closed waits for nothing.
  begin(loader, make) {
    const zqModule = { App: function (host, text) { return make(host, text); }, css: {} };
    const wait = (act, ms) => setTimeout(() => { if (!this.closed) act(); }, ms);
    new Function('zqModule', 'setTimeout', loader)(zqModule, wait);
    return zqModule.start(this.host);
  }

  file(name) {
    if (!(name in this.files)) return Promise.resolve(new Response('not here', { status: 404 }));
    if (this.files[name] === null) return Promise.reject(new TypeError('Failed to fetch'));
    return Promise.resolve(new Response(this.files[name]));
  }

  async consents(request) {
    const network = this.network;
    const post = {
      network,
      method: request.method,
      authorization: request.headers.get('authorization'),
      type: request.headers.get('content-type'),
      keepalive: request.keepalive,
      retried: false,
      kept: localStorage.getItem('zq.demo'),
      cookie: jar(),
      body: await request.text()
    };
    // What fails is sent once more without `keepalive`, which an old browser may have refused.
    const last = this.posts[this.posts.length - 1];
    if (last && last.keepalive && !post.keepalive && last.body === post.body) last.retried = true;
    else this.posts.push(post);
    if (network === 'down') throw new TypeError('Failed to fetch');
    if (network === 'held') await new Promise((resolve) => { this.held.push(resolve); });
    if (/^\d+$/.test(network)) return this.answer({ detail: 'no' }, +network);
    const receipt = { record: JSON.parse(post.body), index: this.posts.length - 1 };
    return this.answer({ receipts: [receipt] }, 201);
  }

  // The history of a subject.
  async told(request) {
    this.asked = [request.url.split('/').pop(), request.headers.get('authorization')];
    if (this.network === 'down') throw new TypeError('Failed to fetch');
    if (this.network === 'held') await new Promise((resolve) => { this.held.push(resolve); });
    return this.answer({ receipts: JSON.parse(this.history).map((record) => ({ record })) }, 200);
  }

  // What comes to a page that is closed comes to nobody: it would write into the next test's storage.
  answer(body, status) {
    const never = new Promise(() => {});
    if (this.closed) return never;
    const answer = Response.json(body, { status });
    const read = answer.text.bind(answer);
    answer.text = () => (this.closed ? never : read());
    return answer;
  }

  builtFrom(digest) {
    this.host.digest = digest.slice(0, 23);
  }

  release() {
    this.held.splice(0).forEach((resolve) => resolve());
  }

  post(at) {
    return this.posts[at];
  }

  get count() {
    return this.posts.length;
  }

  // The sheet in view, or undefined.
  get sheet() {
    return this.root.querySelector('dialog') || undefined;
  }

  // Takes a method away from the stores: it throws, as with a full disk, or does nothing at all.
  spoil(name, throws) {
    const method = Storage.prototype[name];
    Storage.prototype[name] = () => { if (throws) throw new DOMException('', 'QuotaExceededError'); };
    this.restore = () => { Storage.prototype[name] = method; };
  }

  // What a browser does with the key: the dialog is asked whether it may close.
  escape() {
    const dialog = this.sheet;
    if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) dialog.close();
  }

  close() {
    this.closed = true;
    this.deafen();
    this.restore();
    this.element.remove();
    window.fetch = nativeFetch;
    delete navigator.globalPrivacyControl;
    forget();
  }
}

// Whether the browser says so is the browser's: a test says it for the browser.
export const pretend = (name, value) => {
  Object.defineProperty(navigator, name, { value, configurable: true });
};

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// 'pending', or what the promise came to.
export const settled = (promise) => Promise.race([promise, sleep(20).then(() => 'pending')]);

// A database that stays open, as one does that a library holds, until it is closed.
export const database = (name) => new Promise((resolve, reject) => {
  const opened = indexedDB.open(name, 1);
  opened.onsuccess = () => resolve(opened.result);
  opened.onerror = () => reject(opened.error);
});

// The names of databases and caches, sorted, in one line.
export const stored = async () => {
  const databases = (await indexedDB.databases()).map((it) => it.name);
  return databases.concat(await caches.keys()).sort().join(' ');
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
  const zqModule = { pause: sleep, within: (promise) => Promise.resolve(promise) };
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

// Lets the guard run in a window of its own on this origin, with this in the cookie `zq` or in local
// storage.
const guarded = (guard, cookie, stored) => {
  forget();
  if (cookie !== undefined) document.cookie = 'zq=' + cookie + '; Path=/';
  if (stored !== undefined) localStorage.setItem('zq.demo', JSON.stringify({ decision: stored }));
  const now = jar();
  const frame = document.createElement('iframe');
  document.body.appendChild(frame);
  frame.contentWindow.eval(guard);
  return { jar: now, frame };
};

// What the guard reads there: { jar, state }.
export const guardReads = (guard, cookie, stored) => {
  const { jar, frame } = guarded(guard, cookie, stored);
  const state = frame.contentWindow.zhiqing.state();
  frame.remove();
  forget();
  return { jar, state: JSON.stringify(state) };
};

// Whether the guard shows the banner there.
export const guardAsks = async (guard, cookie) => {
  const { frame } = guarded(guard, cookie);
  await sleep(60);
  const ours = frame.contentDocument.querySelector('zhiqing-notice');
  const asks = Boolean(ours && ours.shadowRoot.querySelector('.banner'));
  frame.remove();
  forget();
  return asks;
};
