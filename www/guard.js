// The guard: the first script of the page, and the only one that has to be.
//
// It knows the decision from the cookie `zq` before anything else runs, holds back what was not
// chosen, shows the banner where nothing was chosen yet, and fetches the module, which does the
// rest: it applies the rules of asking, renders the sheets, keeps the decision and reports it.
//
// Rules of this file: ES2015 syntax, because old web-views read it; comments on lines of their
// own and no string over several lines, because the build strips the former; nothing thrown into
// the page; nothing optional allowed before the decision is known.
(() => {
'use strict';
const page = window;
const doc = document;
const warn = (message) => page.console && console.warn('[zhiqing] ' + message);
// An element with the id `zhiqing` is a property of the window too.
if (page.zhiqing && page.zhiqing.state) {
  warn('is on this page already; the second copy does nothing.');
  return;
}

const config = __CONFIG__;
const self = doc.currentScript;
if (!self || doc.body) {
  warn('must be a plain script, neither defer nor module, first in <head>: what ran before it was not held back.');
}
const base = new URL(
  (self && (self.getAttribute('data-zq-base') || (self.src && new URL('.', self.src)))) || '.',
  doc.baseURI
).href;

// ---- The decision --------------------------------------------------------------------------

const nativeCookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
const readCookies = () => {
  try { return nativeCookie.get.call(doc); } catch (_) { return ''; }
};
const readStorage = () => {
  try { return JSON.parse(page.localStorage.getItem('zq.' + config.site)).decision; } catch (_) { return null; }
};
let asked = new Map(config.purposes);
const ids = (text) => (text ? text.split('.') : []);
const word = /^[\w-]{1,64}$/;

// The same reading as `zhiqing_consent::cookie::decode`: what is not a decision is none.
const decode = (value) => {
  const text = String(value || '');
  const parts = text.split('~');
  if (text.length > 4000) return null;
  if (parts.length !== 7 || parts[0] !== '1' || parts[1] !== config.site) return null;
  if (!/^[\w.-]{1,64}$/.test(parts[2]) || !/^\d{1,12}$/.test(parts[3])) return null;
  const lists = parts.slice(4).map(ids);
  if (!lists.every((list) => list.every((id) => word.test(id)))) return null;
  const granted = new Set(lists[0]);
  if (lists[1].some((id) => granted.has(id))) return null;
  return { text, version: parts[2], at: +parts[3], granted, denied: new Set(lists[1]), refused: new Set(lists[2]) };
};
const kept = () => {
  const found = readCookies().split(/; */).filter((pair) => pair.slice(0, 3) === 'zq=');
  const values = found.map((pair) => pair.slice(3)).concat(readStorage());
  // What claims to come from the future would outlive every later decision.
  const latest = Date.now() / 1000 + 86400;
  const decisions = values.map(decode).filter((found) => found && found.at < latest);
  return decisions.sort((a, b) => b.at - a.at)[0] || null;
};
let decision = kept();

const stateOf = (id) => {
  if (!asked.get(id)) return 'granted';
  if (!decision) return 'unset';
  return decision.granted.has(id) ? 'granted' : decision.denied.has(id) ? 'denied' : 'unset';
};
const allows = (id, technology) => {
  if (!asked.has(id)) return false;
  if (!asked.get(id)) return true;
  return stateOf(id) === 'granted' && !decision.refused.has(technology);
};
const state = () => {
  const purposes = {};
  const technologies = {};
  asked.forEach((_, id) => { purposes[id] = stateOf(id); });
  config.technologies.forEach((name) => {
    technologies[name] = decision && decision.refused.has(name) ? 'refused' : 'allowed';
  });
  return {
    policyVersion: decision ? decision.version : config.version,
    purposes,
    technologies,
    decidedAt: decision ? new Date(decision.at * 1000).toISOString() : null
  };
};

// ---- The gate ------------------------------------------------------------------------------

// The same matching as `zhiqing_consent::Glob`: only the last star is tried again.
const matches = (pattern, text) => {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star < 0) {
      return false;
    } else {
      p = star + 1;
      t = ++mark;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
};
const passes = (technology, key) => {
  if (key.slice(0, 2) === 'zq' || config.mode === 'report') return true;
  const claims = config.uses.filter((use) => use[1] === technology && use[2].some((pattern) => matches(pattern, key)));
  return claims.length ? claims.every((use) => allows(use[0], technology)) : config.mode !== 'strict';
};
const cookieName = (text) => {
  const pair = text.split(';')[0];
  const at = pair.indexOf('=');
  return (at < 0 ? '' : pair.slice(0, at)).trim();
};
if (nativeCookie && nativeCookie.configurable) {
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    enumerable: nativeCookie.enumerable,
    get: nativeCookie.get,
    set(value) {
      const text = String(value);
      if (this !== doc || passes('cookie', cookieName(text))) nativeCookie.set.call(this, text);
    }
  });
} else {
  warn('cannot watch document.cookie here: cookies written by scripts are not held back.');
}
if (page.CookieStore) {
  const store = CookieStore.prototype;
  const nativeSet = store.set;
  store.set = function set(name) {
    const key = String(name && typeof name === 'object' ? name.name : name).trim();
    return passes('cookie', key) ? nativeSet.apply(this, arguments) : Promise.resolve();
  };
}

// Tags the page holds back for us: `<script type="text/plain" data-purpose>`, and frames and
// images with `data-src`. Each is let go once, in the order of the document. Within a purpose, a
// script that loads from elsewhere is waited for, because the next one may need it; not for ever,
// because it may never come.
const HELD = 'script[type="text/plain"][data-purpose],iframe[data-purpose][data-src],img[data-purpose][data-src]';
const PATIENCE = 10000;
const busy = new Set();
const released = new WeakSet();
const unknown = new Set();
let trusted = null;
try {
  const same = (text) => text;
  trusted = page.trustedTypes && page.trustedTypes.createPolicy('zhiqing', { createHTML: same, createScript: same, createScriptURL: same });
} catch (_) {
  warn('the page forbids the Trusted Types policy "zhiqing"; add it to the trusted-types directive.');
}
const html = (text) => (trusted ? trusted.createHTML(text) : text);
const scriptUrl = (text) => (trusted ? trusted.createScriptURL(text) : text);
const mayGo = (element) => {
  const id = element.getAttribute('data-purpose');
  if (!asked.has(id) && !unknown.has(id)) {
    unknown.add(id);
    warn('data-purpose="' + id + '" is no purpose of this site; what carries it stays held.');
  }
  return allows(id, element.localName === 'img' ? 'pixel' : element.localName);
};
// Runs a held script; true if the next one of its purpose has to wait for it.
const run = (held, done) => {
  const script = doc.createElement('script');
  Array.from(held.attributes).forEach((attribute) => {
    if (attribute.name !== 'type' && attribute.name !== 'src' && attribute.name !== 'data-type') {
      script.setAttribute(attribute.name, attribute.value);
    }
  });
  script.nonce = held.nonce;
  const type = held.getAttribute('data-type') || '';
  const src = held.getAttribute('src');
  const waits = src && !held.hasAttribute('async') && !held.hasAttribute('nomodule') && /^(module|(text|application)\/(java|ecma)script)?$/.test(type);
  if (type) script.type = type;
  if (src) {
    script.async = held.hasAttribute('async');
    script.src = scriptUrl(src);
  } else {
    script.text = trusted ? trusted.createScript(held.text) : held.text;
  }
  if (waits) {
    const timer = setTimeout(done, PATIENCE);
    script.onload = script.onerror = () => {
      clearTimeout(timer);
      done();
    };
  }
  released.add(script);
  held.parentNode.replaceChild(script, held);
  return waits;
};
const release = () => {
  Array.from(doc.querySelectorAll(HELD)).forEach((element) => {
    const id = element.getAttribute('data-purpose');
    if (busy.has(id) || !element.isConnected || !mayGo(element)) return;
    if (element.localName !== 'script') {
      element.setAttribute('src', element.getAttribute('data-src'));
      element.removeAttribute('data-src');
      released.add(element);
      return;
    }
    let over = false;
    const done = () => {
      if (over) return;
      over = true;
      busy.delete(id);
      safely(release);
    };
    busy.add(id);
    if (!run(element, done)) busy.delete(id);
  });
};
// The mistakes that hold nothing back, and say nothing by themselves.
doc.addEventListener('DOMContentLoaded', () => {
  const loose = 'script[data-purpose]:not([type="text/plain"]),iframe[data-purpose][src],img[data-purpose][src]';
  Array.from(doc.querySelectorAll(loose)).filter((element) => !released.has(element)).forEach((element) => {
    const remedy = element.localName === 'script' ? 'type="text/plain"' : 'data-src in place of src';
    warn('<' + element.localName + ' data-purpose="' + element.getAttribute('data-purpose') + '"> is not held back: it needs ' + remedy + '.');
  });
});
const safely = (act) => {
  try { act(); } catch (error) { warn(error && error.message); }
};
new MutationObserver(() => {
  safely(release);
  // A page that replaces all of <html> takes our element with it.
  if (root && !root.host.isConnected) safely(mount);
}).observe(doc, { childList: true, subtree: true });

// ---- The page's interface ------------------------------------------------------------------

const listeners = [];
const emit = () => {
  const detail = state();
  listeners.filter((entry) => entry[0] === 'change').forEach((entry) => safely(() => entry[1](detail)));
  safely(() => doc.dispatchEvent(new CustomEvent('zhiqing:change', { detail })));
};
const unanswered = () =>
  Array.from(asked.keys()).some((id) => stateOf(id) === 'unset') || (decision && decision.version !== config.version && config.standing.indexOf(decision.version) < 0);
const apply = (value) => {
  decision = value === undefined ? kept() : decode(value);
  if (!unanswered()) hideBanner();
  spent = 0;
  look();
  safely(release);
  emit();
};
// Another tab decided, or the person comes back to a page that the browser had put aside.
const refresh = () => {
  const found = kept();
  if ((found && found.text) !== (decision && decision.text)) apply();
};
page.addEventListener('storage', (event) => {
  if (event.key === 'zq.' + config.site || event.key === null) refresh();
});
page.addEventListener('pageshow', (event) => {
  if (event.persisted) refresh();
});

let root = null;
const sheets = [];
const style = (text) => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.push(sheet);
    root.adoptedStyleSheets = sheets;
  } catch (_) {
    const element = doc.createElement('style');
    if (self) element.nonce = self.nonce;
    element.textContent = text;
    root.appendChild(element);
  }
};
// The host hangs on <html>, so that it is there at the first paint, before <body> is parsed, and
// survives pages that replace their body.
const mount = () => {
  if (!root) {
    const host = doc.createElement('zhiqing-notice');
    host.lang = config.locale;
    root = host.attachShadow({ mode: 'open' });
    style(config.css);
    root.addEventListener('click', clicked);
    doc.documentElement.appendChild(host);
  } else if (!root.host.isConnected) {
    doc.documentElement.appendChild(root.host);
  }
  return root;
};
// For how long the question has been in view since the last decision: the banner, or a sheet that
// asks. The policy and the rights ask nothing.
let asking = false;
let since = 0;
let spent = 0;
const look = () => {
  const now = Math.round(performance.now());
  if (since) spent += now - since;
  since = doc.visibilityState !== 'hidden' && (asking || (root && root.querySelector('.banner'))) ? now : 0;
};
doc.addEventListener('visibilitychange', look);
const banner = () => {
  mount();
  if (root.querySelector('.banner')) return;
  const element = doc.createElement('div');
  element.innerHTML = html(config.banner);
  root.appendChild(element.firstChild);
  look();
};
const hideBanner = () => {
  const element = root && root.querySelector('.banner');
  if (element) root.removeChild(element);
  look();
};

let started;
let fail;
const ready = new Promise((resolve, reject) => { started = resolve; fail = reject; });
// A page that never asks for `ready` must not see an unhandled rejection of ours.
ready.catch((error) => warn(error.message));
const later = (name) => function () {
  const given = arguments;
  wake();
  return ready.then((app) => app[name].apply(app, given));
};

// A tap on "accept all" or "refuse all" counts although the module is not here yet, and even if
// the page is left before it is: it is kept, without any identifier, until the module takes it.
// It is worth nothing for another notice than the one that was shown, nor after a later decision.
const ACT = 'zq.act.' + config.site;
const ACTS = /^(accept-all|reject-all)~(\d+)~([\w:]*)~(\d+)$/;
const keptAct = () => {
  try { return page.localStorage.getItem(ACT); } catch (_) { return null; }
};
const take = (act, control) => {
  const parts = ACTS.exec(act);
  let kept = false;
  safely(() => { page.localStorage.setItem(ACT, act); kept = true; });
  return ready.then((app) => {
    // Another tab may have taken it.
    if (kept && keptAct() !== act) return;
    safely(() => page.localStorage.removeItem(ACT));
    const answered = decision && decision.at > Math.floor(parts[4] / 1000);
    const shown = parts[1] === 'reject-all' || parts[3] === config.digest;
    if (!answered && shown) return app.act(parts[1], control);
    if (unanswered()) banner();
  });
};

// When the person last tapped a control of ours, and anything else.
let ours = 0;
let theirs = 0;
const HOOKS = /^(accept-all|reject-all|preferences|save|policy|rights|close|withdraw|refuse|receipt|goto)$/;
const clicked = (event) => {
  const path = event.composedPath();
  const inside = !!root && path.indexOf(root) >= 0;
  if (inside !== (event.currentTarget === root)) return;
  const control = path.find((element) => element.getAttribute && element.hasAttribute('data-zq'));
  const hook = control && control.getAttribute('data-zq');
  if (inside || hook) ours = Date.now();
  else if (event.isTrusted) theirs = Date.now();
  if (!HOOKS.test(hook)) return;
  event.preventDefault();
  wake();
  let acted;
  if (hook === 'accept-all' || hook === 'reject-all') {
    hideBanner();
    acted = take([hook, spent, config.digest, Date.now()].join('~'), control);
  } else {
    acted = ready.then((app) => app.act(hook, control));
  }
  acted.catch((error) => {
    warn(error && error.message);
    if (unanswered()) banner();
  });
};
doc.addEventListener('click', clicked, true);

// The module comes after the first paint, or at once when somebody needs it.
const host = {
  base,
  digest: config.digest,
  mount,
  style,
  banner,
  apply,
  state,
  setHtml(element, text) { element.innerHTML = html(text); },
  kept: () => { const found = kept(); return found && found.text; },
  writeCookie(text) { nativeCookie.set.call(doc, text); },
  shownMs: () => { look(); return spent; },
  asking(on) { asking = on; look(); },
  // A tap on the page itself, just now and after the last one of ours.
  personActs: () => theirs > ours && Date.now() - theirs < 5000,
  // This script is older than the notice, as when it was pasted into a page: the notice counts.
  renew(digest, version, purposes, text, standing) {
    config.version = version;
    config.standing = standing || [];
    config.digest = digest;
    config.banner = text;
    asked = new Map(purposes);
    const shown = root && root.querySelector('.banner');
    hideBanner();
    if (shown || unanswered()) banner();
    safely(release);
    emit();
  }
};
// A phone loses its network now and then: it is tried three times, at once when somebody taps.
let woken = false;
let tries = 3;
const broken = (why) => {
  woken = false;
  tries -= 1;
  const error = why && why.code ? why : Object.assign(new Error('the module could not be loaded from ' + base + ' (see data-zq-base; a Content-Security-Policy needs wasm-unsafe-eval): ' + (why && why.message || why)), { code: 'module' });
  if (tries > 0) {
    warn(error.message + '; it is tried again.');
    setTimeout(wake, 3000);
  } else {
    fail(error);
  }
  if (unanswered() && (tries < 1 || !ACTS.test(keptAct()))) safely(banner);
  const trouble = root && root.querySelector('.trouble');
  if (trouble) trouble.hidden = false;
};
// The glue is a classic script, so that old engines read it; `zqModule` is the one name it declares.
const start = () => {
  zqModule({ module_or_path: base + 'zhiqing_bg.wasm' })
    .then(() => zqModule.start(host))
    .then(started)
    .catch(broken);
};
const wake = () => {
  if (woken || tries < 1) return;
  woken = true;
  if (typeof zqModule !== 'undefined') {
    start();
    return;
  }
  try {
    const script = doc.createElement('script');
    script.src = scriptUrl(base + 'zhiqing_glue.js');
    if (self) script.nonce = self.nonce;
    script.onerror = () => broken('zhiqing_glue.js');
    script.onload = () => { try { start(); } catch (error) { broken(error); } };
    (doc.head || doc.documentElement).appendChild(script);
  } catch (error) {
    broken(error);
  }
};
page.addEventListener('online', () => {
  if (tries < 3) wake();
});

page.zhiqing = Object.freeze({
  ready: ready.then(() => page.zhiqing),
  state,
  show: later('show'),
  accept: later('accept'),
  reject: later('reject'),
  withdraw: later('withdraw'),
  permission: later('permission'),
  receipt: later('receipt'),
  removed: later('removed'),
  on(event, listener) {
    const entry = [event, listener];
    listeners.push(entry);
    return () => { const at = listeners.indexOf(entry); if (at >= 0) listeners.splice(at, 1); };
  }
});
page.zhiqing.ready.catch(() => {});

const act = keptAct();
const parts = ACTS.exec(act);
if (parts && (parts[1] === 'reject-all' || parts[3] === config.digest)) {
  spent = +parts[2];
  take(act, doc.documentElement).catch(() => {});
} else {
  if (act) safely(() => page.localStorage.removeItem(ACT));
  if (unanswered()) safely(banner);
}
const afterPaint = () => page.requestAnimationFrame(() => setTimeout(wake, 0));
if (doc.readyState === 'loading') doc.addEventListener('DOMContentLoaded', afterPaint);
else afterPaint();
// A hidden tab paints nothing and calls no animation frame.
page.addEventListener('load', () => setTimeout(wake, 500));
})();
