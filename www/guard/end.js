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
['show', 'accept', 'reject', 'withdraw', 'permission', 'receipt', 'removed'].forEach((name) => {
  face[name] = (...given) => {
    // Judged when it is asked, not when the module comes.
    const meant = theirs > ours && Date.now() - theirs < 5000;
    wake();
    return ready.then((app) => {
      acts = meant;
      return app[name](...given);
    });
  };
});
page.zhiqing = Object.freeze(face);
face.ready.catch(nothing);

// In the first frame, which is painted when this is done: whatever comes in a later task may come after
// it. A page that nobody sees paints none: there it comes with the module.
let greeted = false;
const greet = () => greeted || safely(() => {
  greeted = true;
  const act = keptAct();
  const parts = act && ACTS.exec(act);
  if (parts && answers(parts)) {
    // How long another notice was shown says nothing of this one.
    spent = parts[3] === config.digest ? +parts[2] : 0;
    take(act, doc.documentElement).catch(nothing);
  } else {
    if (act) forget();
    ask();
  }
});
page.requestAnimationFrame(greet);
const afterPaint = () => page.requestAnimationFrame(() => setTimeout(wake, 0));
if (doc.readyState === 'loading') doc.addEventListener('DOMContentLoaded', afterPaint);
else afterPaint();
// A hidden tab paints nothing and calls no animation frame.
page.addEventListener('load', () => {
  setTimeout(wake, 500);
});
})(__CONFIG__);
