// A page without a guard: it lends the loader (www/loader/) what www/guard/ lends it, answers its requests
// from memory, and remembers what it did.

const BASE = 'https://files.example/zhiqing/';
const nativeFetch = window.fetch.bind(window);

// What a script reads of the cookies, where it may.
const jar = () => {
  try { return document.cookie; } catch (_) { return ''; }
};

const { locks } = navigator;
const factory = indexedDB;
const nativeOpen = IDBFactory.prototype.open;
const { random } = Math;
// How long www/loader/outbox.js waits for a database.
const PATIENCE = 2000;
let pages = 0;

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
    // What becomes of a POST: 'up', 'down', 'held' until `release`, 'hung', 'portal' where another server answers,
    // 'unknown' where the server does not know the notice, 'thrown' where `fetch` itself throws, or a status.
    this.network = 'up';
    // What is in such an answer's Retry-After.
    this.retryAfter = undefined;
    this.held = [];
    this.restore = () => {};
    // Waits are as long as they may be and as time goes, unless the test says otherwise.
    this.chance = 0.99;
    this.speed = 1;
    // Each wait that was asked for, in milliseconds.
    this.waits = [];
    Math.random = () => this.chance;
    // What a page that was closed still has open, or locked, is in nobody's way.
    this.number = pages++;
    this.loads = 0;
    this.locks = { request: (name, act) => locks.request(name + '#' + this.number + '.' + this.loads, act) };
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
      this.unhear();
    };
    this.unhear = () => heard.splice(0).forEach(([target, given]) => target.removeEventListener(...given));
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
      if (request.url === location.origin + '/v1/consents') {
        if (this.network === 'thrown') throw new TypeError('no fetch here');
        return this.consents(request);
      }
      if (request.url.startsWith(location.origin + '/v1/consents/')) return this.told(request);
      return nativeFetch(input, init);
    };
  }

  // Starts the module as www/loader/loader.js does. A page that is closed waits for nothing, and asks nobody.
  begin(loader, make) {
    const zqModule = { App: function (host, text) { return make(host, text); }, css: {} };
    const load = this.loads;
    const gone = () => this.closed || load !== this.loads;
    const wait = (act, ms) => {
      this.waits.push(ms);
      // A database is as quick as it is.
      const speed = ms === PATIENCE ? 1 : this.speed;
      return setTimeout(() => { if (!gone()) act(); }, ms / speed);
    };
    const fetched = (...given) => (gone() ? new Promise(() => {}) : window.fetch(...given));
    const databases = new Proxy({}, {
      get: (_, name) => {
        if (name === 'open') return (name, version) => indexedDB.open(name + '#' + this.number, version);
        if (name === 'databases' && indexedDB.databases) {
          const own = (it) => Object.assign(it, { name: it.name.replace('#' + this.number, '') });
          return () => indexedDB.databases().then((all) => all.map(own));
        }
        return indexedDB[name] && indexedDB[name].bind(indexedDB);
      }
    });
    const browser = new Proxy(navigator, {
      get: (_, name) => (name === 'locks' ? this.locks : navigator[name])
    });
    new Function('zqModule', 'setTimeout', 'fetch', 'indexedDB', 'navigator', loader)(zqModule, wait, fetched, databases, browser);
    // Each tab has one of its own.
    return zqModule.start(Object.create(this.host));
  }

  file(name) {
    if (!(name in this.files)) return Promise.resolve(new Response('not here', { status: 404 }));
    if (this.files[name] === null) return Promise.reject(new TypeError('Failed to fetch'));
    return Promise.resolve(new Response(this.files[name]));
  }

  async consents(request) {
    const { network, loads } = this;
    const post = {
      network,
      method: request.method,
      authorization: request.headers.get('authorization'),
      type: request.headers.get('content-type'),
      keepalive: request.keepalive,
      get aborted() { return request.signal.aborted; },
      retried: false,
      cookie: jar(),
      body: await request.text()
    };
    // What fails is sent once more without `keepalive`, which an old browser may have refused.
    const last = this.posts[this.posts.length - 1];
    if (last && last.keepalive && !post.keepalive && last.body === post.body) last.retried = true;
    else this.posts.push(post);
    post.kept = await this.outbox();
    if (network === 'down') throw new TypeError('Failed to fetch');
    if (network === 'held') await new Promise((resolve) => { this.held.push(resolve); });
    if (network === 'hung') await new Promise(() => {});
    if (network === 'portal') return this.answer('<!doctype html>', 200, loads);
    if (network === 'unknown') return this.answer({ detail: 'no', field: 'notice.digest' }, 422, loads);
    if (/^\d+$/.test(network)) return this.answer({ detail: 'no' }, +network, loads);
    const records = [].concat(JSON.parse(post.body));
    const receipts = records.map((record) => ({ record, index: this.posts.length - 1 }));
    return this.answer({ receipts }, 201, loads);
  }

  // The history of a subject.
  async told(request) {
    this.asked = [request.url.split('/').pop(), request.headers.get('authorization')];
    if (this.network === 'down') throw new TypeError('Failed to fetch');
    if (this.network === 'held') await new Promise((resolve) => { this.held.push(resolve); });
    return this.answer({ receipts: JSON.parse(this.history).map((record) => ({ record })) }, 200);
  }

  // What comes to a page that is closed comes to nobody: it would write into the next test's storage.
  answer(body, status, load = this.loads) {
    const never = new Promise(() => {});
    if (this.closed || load !== this.loads) return never;
    const answer = Response.json(body, { status });
    if (this.retryAfter !== undefined) answer.headers.set('retry-after', this.retryAfter);
    const read = answer.text.bind(answer);
    answer.text = () => (this.closed || load !== this.loads ? never : read());
    return answer;
  }

  // What lies in the outbox of the sample site, in the order of the ids: { id, status, record, places }. The places
  // are `local` or `database`, or both.
  async entries() {
    const found = {};
    const meet = (text, place) => {
      const [, status, record] = /^\S+ (\d+) (.*)$/.exec(text);
      const { id } = JSON.parse(record);
      found[id] = found[id] || { id, status, record, places: [] };
      found[id].places.push(place);
    };
    const landed = Object.keys(localStorage).filter((key) => /^zq\.demo\.[0-9a-f-]{36}$/.test(key));
    landed.forEach((key) => meet(localStorage.getItem(key), 'local'));
    (await recorded('zq.demo#' + this.number)).forEach((text) => meet(text, 'database'));
    return Object.keys(found).sort().map((id) => found[id]);
  }

  async outbox() {
    return (await this.entries()).map((it) => [it.id, it.status].concat(it.places).join(' ')).join('\n');
  }

  // The waits between two tries, where every chance comes to 0.37.
  get retries() {
    return this.waits.filter((ms) => ms > 0 && ms % 370 === 0);
  }

  async records() {
    return (await this.entries()).map((it) => it.record).join('\n');
  }

  // The names of all databases, those of pages that were closed apart.
  async databases() {
    const names = (await factory.databases()).map((it) => it.name.replace('#' + this.number, ''));
    return names.filter((name) => !/#/.test(name)).sort().join(' ');
  }

  // The person leaves, and what was stored stays: whatever was started here is gone.
  leave() {
    this.loads += 1;
    this.held = [];
    this.unhear();
  }

  // The browser was killed before it wrote anything but its databases.
  kill() {
    this.leave();
    forget();
  }

  // The browser has no Web Locks.
  unlock() {
    this.locks = undefined;
  }

  // A page in the browser's cache of pages was given the lock.
  freeze() {
    this.locks = { request: () => new Promise(() => {}) };
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
    factory.deleteDatabase('zq.demo#' + this.number);
    window.fetch = nativeFetch;
    Math.random = random;
    delete navigator.globalPrivacyControl;
    delete navigator.onLine;
    forget();
  }
}

// What lies in the outbox's database of this name, which is not made here.
const recorded = (name) => new Promise((resolve, reject) => {
  const opening = nativeOpen.call(factory, name);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve([]);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('records').objectStore('records').getAll();
    reading.onsuccess = () => resolve(reading.result);
    reading.onerror = reject;
    opening.result.close();
  };
});

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// 'pending', or what the promise came to.
export const settled = (promise) => Promise.race([promise, sleep(20).then(() => 'pending')]);

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
