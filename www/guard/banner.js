// ---- Events and the banner ------------------------------------------------------------------

const listeners = new Set();
const emit = (name, detail) => {
  listeners.forEach((entry) => entry[0] === name && safely(() => entry[1](detail)));
  safely(() => doc.dispatchEvent(new CustomEvent('zhiqing:' + name, { detail })));
};
const unanswered = () => {
  know();
  return config.purposes.some((row) => stateOf(row[0]) === 'unset') || (decision && decision.version !== config.version && (config.standing || []).indexOf(decision.version) < 0);
};
const apply = (value) => {
  know();
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
const find = (selector) => root && root.querySelector(selector);
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
  const shown = find('.banner:not([hidden])');
  // A page may have hidden it. Asked only afterwards: before the first paint it would cost a layout.
  if (since && (asking || !shown || shown.offsetWidth || shown.localName === 'dialog')) spent += now - since;
  since = doc.visibilityState !== 'hidden' && (asking || (shown && !find('.sheet'))) ? now : 0;
};
doc.addEventListener('visibilitychange', look);
// What over.js does with one that lies over the page.
let over = nothing;
const banner = () => {
  mount();
  if (find('.banner')) return;
  const holder = doc.createElement('div');
  holder.innerHTML = html(config.banner);
  const element = root.appendChild(holder.firstChild);
  over(element);
  look();
};
const hideBanner = () => {
  const element = find('.banner');
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
