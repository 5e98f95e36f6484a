// ---- The page's interface ------------------------------------------------------------------

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

// In tasks of their own: first what is kept is read, then the banner is shown.
let act;
const STEPS = [
  () => {
    act = keptAct();
    know();
  },
  () => {
    const parts = ACTS.exec(act);
    if (parts && (parts[1] === 'reject-all' || parts[3] === config.digest)) {
      spent = +parts[2];
      take(act, doc.documentElement).catch(() => {});
    } else {
      if (act) safely(() => page.localStorage.removeItem(ACT));
      if (unanswered()) banner();
    }
  }
];
const step = () => {
  if (STEPS.length) safely(STEPS.shift());
};
const channel = new MessageChannel();
channel.port1.onmessage = () => {
  step();
  if (STEPS.length) channel.port2.postMessage(0);
  else channel.port1.close();
};
channel.port2.postMessage(0);
// If the first frame is quicker, it waits for them.
page.requestAnimationFrame(() => {
  while (STEPS.length) step();
});
const afterPaint = () => page.requestAnimationFrame(() => setTimeout(wake, 0));
if (doc.readyState === 'loading') doc.addEventListener('DOMContentLoaded', afterPaint);
else afterPaint();
// A hidden tab paints nothing and calls no animation frame.
page.addEventListener('load', () => {
  setTimeout(wake, 500);
  unseen();
});
})();
