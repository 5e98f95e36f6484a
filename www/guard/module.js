// ---- The module ----------------------------------------------------------------------------

// The module comes after the first paint, or at once when somebody needs it.
const host = {
  config,
  late,
  front,
  patchOf,
  holding,
  mount,
  style,
  banner,
  hideBanner,
  ask,
  apply,
  state,
  html,
  kept,
  decided: () => { know(); return decision; },
  warn,
  emit,
  heldBy,
  allows,
  wayOf,
  put,
  releaseBy(act) {
    release = act;
    act();
  },
  nativeCookie,
  shownMs: () => { look(); return spent; },
  // What was closed was answered by the tap that led to it, whatever the page asks next.
  asking(on) {
    if (asking && !on) ours = Date.now();
    asking = on;
    look();
  },
  personActs: () => acts
};
// A phone loses its network now and then: it is tried three times, at once when somebody taps.
let woken = false;
let tries = 3;
const trouble = (shown) => {
  const told = find('.trouble');
  if (told) told.hidden = !shown;
};
const broken = (why) => {
  woken = false;
  tries -= 1;
  const error = why && why.code ? why : Object.assign(new Error('cannot load ' + host.base + ' (data-zq-base?): ' + (why && why.message || why)), { code: 'module' });
  if (tries > 0) {
    warn(error.message);
    setTimeout(wake, 3000);
  } else {
    fail(error);
  }
  safely(ask);
  trouble(true);
};
// Its files: the module, what it is told by (www/loader), and the notice. All are fetched at once: one
// after the other costs two round trips more. `tapped`: by the person, who is worth a try even after
// the last.
const wake = (tapped) => {
  if (woken || (tries < 1 && !tapped)) return;
  // What is asked comes before what the page asks.
  greet();
  if (tries < 1) {
    tries = 1;
    hope();
  }
  woken = true;
  host.base = base();
  host.trusted = trusted();
  // A copy from before may be what did not work; an old notice would take the question back to one that
  // is no more.
  host.files = ['zhiqing_bg.wasm', 'notice.json'].map((file, at) => {
    const answer = page.fetch(host.base + file, { cache: tries < 3 ? 'reload' : at ? 'no-cache' : 'default' });
    // If the glue does not come, nobody waits for them.
    answer.catch(nothing);
    return answer;
  });
  // `zqModule` is the one name that the glue declares.
  const begin = () => new Promise((done) => done(zqModule.begin(host))).then((app) => {
    trouble(false);
    started(app);
  }).catch(broken);
  if (typeof zqModule !== 'undefined') return begin();
  // A classic script, so that old engines read it.
  const script = doc.createElement('script');
  if (tag) script.nonce = tag.nonce;
  script.onerror = () => broken('zhiqing_glue.js');
  script.onload = begin;
  safely(() => {
    script.src = host.trusted.createScriptURL(host.base + 'zhiqing_glue.js');
    (doc.head || doc.documentElement).appendChild(script);
  });
};
page.addEventListener('online', () => {
  if (tries < 3) wake(true);
});
