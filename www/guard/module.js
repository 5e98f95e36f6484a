// ---- The module ----------------------------------------------------------------------------

// The module comes after the first paint, or at once when somebody needs it.
const host = {
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
  // What was closed was answered by the tap that led to it, whatever the page asks next.
  asking(on) {
    if (asking && !on) ours = Date.now();
    asking = on;
    look();
  },
  personActs: () => acts,
  // This script is older than the notice, as when it was pasted into a page: the notice counts.
  renew(digest, version, rows, text, standing) {
    config.version = version;
    config.standing = standing || [];
    config.digest = digest;
    config.banner = text;
    purposes = purposesOf(rows);
    settle();
    const shown = root && root.querySelector('.banner');
    hideBanner();
    // The time was another notice's.
    spent = 0;
    if (shown) banner();
    else ask();
    safely(release);
    emit();
  }
};
// A phone loses its network now and then: it is tried three times, at once when somebody taps.
let woken = false;
let tries = 3;
const trouble = (shown) => {
  const told = root && root.querySelector('.trouble');
  if (!told || told.hidden !== shown) return;
  told.hidden = !shown;
  // Screen readers say what comes into a region that is there.
  const words = told.textContent;
  told.textContent = '';
  setTimeout(() => { told.textContent = words; }, 100);
};
const broken = (why) => {
  woken = false;
  tries -= 1;
  const error = why && why.code ? why : Object.assign(new Error('cannot load the module from ' + host.base + ' (data-zq-base? wasm-unsafe-eval?): ' + (why && why.message || why)), { code: 'module' });
  if (tries > 0) {
    warn(error.message);
    setTimeout(wake, 3000);
  } else {
    fail(error);
  }
  safely(ask);
  trouble(true);
};
const fetched = (name, cache) => page.fetch(host.base + name, { cache }).then((answer) => {
  if (!answer.ok) throw new Error(host.base + name + ' answered ' + answer.status);
  return answer;
});
// The glue is a classic script, so that old engines read it; `zqModule` is the one name it declares.
// What follows a fetch follows in a task of its own: a slow phone stays free to answer a finger.
const start = () => {
  zqModule({ module_or_path: wasm })
    .then(() => new Promise((next) => setTimeout(next, 0)))
    .then(() => zqModule.start(host))
    .then((app) => {
      trouble(false);
      started(app);
    })
    .catch(broken);
};
// All three files are fetched at once: one after the other costs two round trips more.
let wasm;
// `tapped`: by the person, who is worth a try even after the last.
const wake = (tapped) => {
  if (woken || (tries < 1 && !tapped)) return;
  if (tries < 1) {
    tries = 1;
    hope();
  }
  woken = true;
  host.base = base();
  // A copy from before may be what did not work.
  wasm = fetched('zhiqing_bg.wasm', tries < 3 ? 'reload' : 'default');
  // An old one would take the question back to a notice that is no more.
  host.notice = fetched('notice.json', 'no-cache').then((answer) => answer.json());
  // If the glue does not come, nobody waits for them.
  wasm.catch(() => {});
  host.notice.catch(() => {});
  if (typeof zqModule !== 'undefined') {
    start();
    return;
  }
  try {
    const script = doc.createElement('script');
    script.src = scriptUrl(host.base + 'zhiqing_glue.js');
    if (tag) script.nonce = tag.nonce;
    script.onerror = () => broken('zhiqing_glue.js');
    script.onload = () => { try { start(); } catch (error) { broken(error); } };
    (doc.head || doc.documentElement).appendChild(script);
  } catch (error) {
    broken(error);
  }
};
page.addEventListener('online', () => {
  if (tries < 3) wake(true);
});
