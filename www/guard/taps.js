// ---- Taps ----------------------------------------------------------------------------------

let started;
let fail;
let ready;
// Made anew when the module was given up and somebody taps all the same.
const hope = () => {
  ready = new Promise((resolve, reject) => { started = resolve; fail = reject; });
  // A page that never asks for `ready` must not see an unhandled rejection of ours.
  ready.catch((error) => warn(error.message));
};
hope();
// When the person last tapped a control of ours, or closed what it opened, and anything else.
let ours = 0;
let theirs = 0;
// Whether the person stands behind what the page asks.
let acts = false;

// A tap on "accept all" or "refuse all" counts although the module is not here yet, and even if
// the page is left before it is: it is kept, without any identifier, until the module takes it.
// It is worth nothing for another notice than the one that was shown, nor after a later decision.
const ACT = 'zq.act.' + config.site;
const ACTS = /^(accept-all|reject-all)~(\d+)~([\w:]*)~(\d+)$/;
// Whether what it answers is what is asked here.
const answers = (parts) => parts[1] === 'reject-all' || parts[3] === config.digest;
const forget = () => safely(() => page.localStorage.removeItem(ACT));
const keptAct = () => quietly(() => page.localStorage.getItem(ACT));
// The one of this page. It may be all there is, where nothing can be kept.
let last = null;
const take = (act, control) => {
  const parts = ACTS.exec(act);
  let kept = false;
  last = act;
  safely(() => { page.localStorage.setItem(ACT, act); kept = true; });
  return ready.then((app) => {
    // A later one counts, and another tab may have taken this one.
    if (act !== last || (kept && keptAct() !== act)) return;
    last = null;
    forget();
    if (elsewhere <= parts[4] / 1000 && answers(parts)) return app.act(parts[1], control);
    ask();
  });
};

// What the page's own links may do; our own controls do more.
const HOOKS = /^(accept-all|reject-all|preferences|save|policy|rights|close|withdraw)$/;
const within = (event) => !!root && event.composedPath().indexOf(root) >= 0;
const clicked = (event) => {
  const inside = within(event);
  if (inside !== (event.currentTarget === root)) return;
  const control = event.composedPath().find((element) => element.hasAttribute && element.hasAttribute('data-zq'));
  const hook = control && control.getAttribute('data-zq');
  // A library that turns touches of the page into clicks of its own has just had a touch; none reaches
  // our sheets, nor anything behind them.
  const person = event.isTrusted || (!inside && hook === 'accept-all' && Date.now() - theirs < 1000);
  if (inside || hook) ours = Date.now();
  else if (event.isTrusted) theirs = Date.now();
  if (!hook || (!inside && !HOOKS.test(hook))) return;
  // The module was given up: a link of the page's own still leads where it leads.
  const way = !inside && tries < 1 && control.getAttribute('href');
  if (way && way[0] !== '#') return;
  event.preventDefault();
  // No script agrees by our buttons, and nobody by the second half of a double tap.
  if (/^(accept-all|save)$/.test(hook) && (!person || (hook === 'save' && event.detail > 1))) return;
  wake(true);
  let acted;
  if (hook === 'accept-all' || hook === 'reject-all') {
    hideBanner();
    acted = take([hook, spent, config.digest, Date.now()].join('~'), control);
  } else {
    acted = ready.then((app) => app.act(hook, control));
  }
  acted.catch((error) => {
    warn(error && error.message);
    safely(ask);
  });
};
doc.addEventListener('click', clicked, true);
// Touch libraries answer a touch themselves and let no click follow. One that scrolled cannot be
// cancelled.
doc.addEventListener('touchend', (event) => {
  if (event.isTrusted && event.cancelable && !within(event)) theirs = Date.now();
}, true);
