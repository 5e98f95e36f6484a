// ---- The module ----------------------------------------------------------------------------

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
  renew(digest, version, rows, text, standing) {
    config.version = version;
    config.standing = standing || [];
    config.digest = digest;
    config.banner = text;
    purposes = purposesOf(rows);
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
const trouble = (shown) => {
  const told = root && root.querySelector('.trouble');
  if (told) told.hidden = !shown;
};
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
  // A choice that waits is not asked for again; a refusal holds even if nobody ever records it.
  const act = ACTS.exec(keptAct());
  if (unanswered() && !(act && (tries > 0 || act[1] === 'reject-all'))) safely(banner);
  trouble(true);
};
const fetched = (name) => page.fetch(base + name).then((answer) => {
  if (!answer.ok) throw new Error(base + name + ' answered ' + answer.status);
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
const wake = () => {
  if (woken || tries < 1) return;
  woken = true;
  wasm = fetched('zhiqing_bg.wasm');
  host.notice = fetched('notice.json').then((answer) => answer.json());
  // If the glue does not come, nobody waits for them.
  wasm.catch(() => {});
  host.notice.catch(() => {});
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
