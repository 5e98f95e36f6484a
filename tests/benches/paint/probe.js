// Runs before each page of the bench, the same for every banner.
//
// The banner counts as visible in the frame in which it first is: in the document, with a box of
// some size, at least partly inside the viewport, itself not hidden, and with no ancestor that is
// fully transparent; but never before the first paint, which the browser tells at the moment of
// showing. An animation frame runs before style, layout and paint, so looking lays out what this
// very frame will show.
//
// Fair, because nobody's own events are trusted, and where it is generous it is so to whoever
// comes later: what is found before the first paint is charged with all of it, what is found
// after it is spared the painting of its frame; the first trace of opacity counts, and the first
// strip that slides in. The frame after would be no better: it waits for whatever the page does
// meanwhile, long after the screen has changed.
// What it can miss: something in front of the banner, text that is still without its font, a
// clip or a filter that hides it. Looking costs one query a frame until the banner is there, then
// one layout that the frame needs anyway.
(() => {
  const found = { banner: null, ready: null, shifts: 0, tasks: [] };
  const REST = 1500;
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) found.shifts += entry.value; });
  watch('longtask', (entry) => found.tasks.push([entry.startTime, entry.duration]));

  const banner = () => {
    const ours = document.querySelector('zhiqing-notice');
    return (ours && ours.shadowRoot && ours.shadowRoot.querySelector('.banner')) || document.querySelector('#cc-main .cm');
  };
  const isVisible = (element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) return false;
    if (box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) return false;
    // `visibility` is inherited, `opacity` is not.
    if (getComputedStyle(element).visibility !== 'visible') return false;
    for (let at = element; at; at = at.parentElement || at.getRootNode().host) {
      if (getComputedStyle(at).opacity === '0') return false;
    }
    return true;
  };
  const look = () => {
    const element = banner();
    if (element && isVisible(element)) found.banner = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  const loaded = new Promise((done) => addEventListener('load', done));
  const started = new Promise((done) => document.addEventListener('DOMContentLoaded', () => {
    if (!window.zhiqing) return done();
    zhiqing.ready.then(() => { found.ready = performance.now(); }).then(done, done);
  }));
  const settled = Promise.all([loaded, started]).then(() => new Promise((done) => setTimeout(done, REST)));

  const bytes = () => {
    const entries = performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'));
    const before = entries.filter((entry) => found.banner === null || entry.responseEnd <= found.banner);
    return before.reduce((sum, entry) => sum + entry.transferSize, 0);
  };
  // How long a fixed sum takes: shows whether the processor was slowed down.
  const spin = () => {
    const start = performance.now();
    let sum = 0;
    for (let i = 0; i < 3e6; i++) sum = (sum * 31 + i) % 65521;
    return performance.now() - start + sum * 0;
  };
  Object.defineProperty(window, 'paintProbe', { value: {
    measured: () => settled.then(() => {
      const firstPaint = performance.getEntriesByName('first-paint')[0].startTime;
      if (found.banner !== null) found.banner = Math.max(found.banner, firstPaint);
      return Object.assign({ firstPaint, bytes: bytes() }, found);
    }),
    spin,
  } });
})();
