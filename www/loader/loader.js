// What the guard need not carry: it stands behind the module's glue, in the same file, and starts the
// module for the guard.

// Gives what the module makes of `host`, in a promise. What follows a fetch follows in a task of its
// own: a slow phone stays free to answer a finger.
zqModule.begin = (host) => {
  zqModule.follow(host);
  const [wasm, notice] = host.files.map((file) => file.then((answer) => {
    if (!answer.ok) throw new Error(answer.url + ' answered ' + answer.status);
    return answer;
  }));
  host.notice = notice.then((answer) => answer.json());
  // Waited for after the other.
  host.notice.catch(() => {});
  return zqModule({ module_or_path: wasm })
    .then(() => new Promise((next) => setTimeout(next, 0)))
    .then(() => zqModule.start(host));
};

// Lets go what may go, now and later, and hears of what was decided elsewhere: in another tab, or before
// the person came back to a page that the browser had put aside. Where nothing can be kept, this page's
// own memory is all there is.
zqModule.follow = (host) => {
  if (host.followed) return;
  host.followed = true;
  zqModule.mistakes(host);
  host.releaseBy(zqModule.release(host));
  const refresh = () => {
    const kept = host.kept();
    if (kept && kept !== host.decision()) host.apply();
  };
  addEventListener('storage', (event) => {
    if (event.key === 'zq.' + host.site || event.key === null) refresh();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) refresh();
  });
};

