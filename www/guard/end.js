// ---- The page's interface ------------------------------------------------------------------

const face = {
  ready: ready.then(() => face),
  state,
  held: () => noted.slice(),
  on(event, listener) {
    const entry = [event, listener];
    listeners.add(entry);
    return () => { listeners.delete(entry); };
  }
};
['show', 'accept', 'reject', 'withdraw', 'permission', 'receipt', 'removed'].forEach((name) => { face[name] = later(name); });
page.zhiqing = Object.freeze(face);
face.ready.catch(nothing);

// At once: whatever comes in a later task may come after the first frame.
safely(() => {
  const act = keptAct();
  const parts = act && ACTS.exec(act);
  if (parts && (parts[1] === 'reject-all' || parts[3] === config.digest)) {
    // How long another notice was shown says nothing of this one.
    spent = parts[3] === config.digest ? +parts[2] : 0;
    take(act, doc.documentElement).catch(() => {});
  } else {
    if (act) safely(() => page.localStorage.removeItem(ACT));
    ask();
  }
});
const afterPaint = () => page.requestAnimationFrame(() => setTimeout(wake, 0));
if (doc.readyState === 'loading') doc.addEventListener('DOMContentLoaded', afterPaint);
else afterPaint();
// A hidden tab paints nothing and calls no animation frame.
page.addEventListener('load', () => {
  setTimeout(wake, 500);
  unseen();
});
})(__CONFIG__);
