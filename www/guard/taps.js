// ---- Taps ----------------------------------------------------------------------------------

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
// What the page's own links may do; our own controls do more.
const HOOKS = /^(accept-all|reject-all|preferences|save|policy|rights|close|withdraw)$/;
const clicked = (event) => {
  const path = event.composedPath();
  const inside = !!root && path.indexOf(root) >= 0;
  if (inside !== (event.currentTarget === root)) return;
  const control = path.find((element) => element.getAttribute && element.hasAttribute('data-zq'));
  const hook = control && control.getAttribute('data-zq');
  if (inside || hook) ours = Date.now();
  else if (event.isTrusted) theirs = Date.now();
  if (!hook || (!inside && !HOOKS.test(hook))) return;
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
    if (unanswered()) safely(banner);
  });
};
doc.addEventListener('click', clicked, true);
