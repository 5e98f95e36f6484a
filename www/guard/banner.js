// ---- Events and the banner ------------------------------------------------------------------

const listeners = new Set();
const emit = (name, detail) => {
  listeners.forEach((entry) => entry[0] === name && safely(() => entry[1](detail)));
  safely(() => doc.dispatchEvent(new CustomEvent('zhiqing:' + name, { detail })));
};
const unanswered = () =>
  Array.from(purposes.keys()).some((id) => stateOf(id) === 'unset') || (decision && decision.version !== config.version && (config.standing || []).indexOf(decision.version) < 0);
// When the last decision was made that did not come from this page: in another tab, or before.
let elsewhere = decision ? decision.at : 0;
const apply = (value) => {
  decision = value === undefined ? kept() : decode(value);
  if (value === undefined && decision) elsewhere = decision.at;
  settle();
  closeHeld();
  tellWorkers();
  if (!unanswered()) hideBanner();
  spent = 0;
  look();
  // Before what waited runs.
  signal();
  safely(release);
  emit('change', state());
};
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
    if (tag) element.nonce = tag.nonce;
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
  }
  // In front of <body>, so that it comes first for keys and screen readers.
  if (!root.host.isConnected) {
    doc.documentElement.insertBefore(root.host, doc.body);
    // `document.open` takes all listeners away, those in our element too.
    [root, doc].forEach((place) => place.addEventListener('click', clicked, true));
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
  const shown = root && root.querySelector('.banner:not([hidden])');
  // A page may have hidden it. Asked only afterwards: before the first paint it would cost a layout.
  if (since && (asking || !shown || shown.offsetWidth || shown.localName === 'dialog')) spent += now - since;
  since = doc.visibilityState !== 'hidden' && (asking || (shown && !root.querySelector('.sheet'))) ? now : 0;
};
doc.addEventListener('visibilitychange', look);
// Where the page hides our element, a dialog that nobody sees must not stop it.
const unseen = () => {
  const element = root && root.querySelector('.over');
  if (element && !element.offsetWidth) hideBanner();
};
const banner = () => {
  mount();
  if (root.querySelector('.banner')) return;
  const holder = doc.createElement('div');
  holder.innerHTML = html(config.banner);
  const element = root.appendChild(holder.firstChild);
  // Over the page it is a dialog. Closing it is no answer, and keeps nobody from the page.
  if (element.localName === 'dialog') {
    element.onclose = hideBanner;
    if (element.showModal) element.showModal();
    else element.setAttribute('open', '');
    unseen();
  }
  look();
};
const hideBanner = () => {
  const element = root && root.querySelector('.banner');
  look();
  if (element) root.removeChild(element);
  look();
};
// Shows it where something is left to ask, unless an answer waits for the module: that is not asked
// again while it can still be recorded, and a refusal holds even if nobody ever records it.
const ask = () => {
  const act = ACTS.exec(last || keptAct());
  // In a frame of a page that asks already, nobody is asked a second time.
  const framed = quietly(() => page.top !== page && page.top.zhiqing.state);
  if (unanswered() && !framed && !(act && (tries > 0 || act[1] === 'reject-all'))) banner();
};
