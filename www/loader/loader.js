// What the guard need not carry: it stands behind the module's glue, in the same file, and starts the
// module for the guard.

// Gives what the module makes of `host`, in a promise.
zqModule.begin = (host) => {
  const first = !host.followed;
  host.followed = true;
  if (first) {
    // The page's console may be anything.
    const { warn } = host;
    host.warn = (message) => {
      try { warn(message); } catch (_) { /* */ }
    };
  }
  const [wasm, notice] = host.files.map((file) => file.then((answer) => {
    if (!answer.ok) throw new Error(answer.url + ' answered ' + answer.status);
    return answer;
  }));
  host.notice = notice.then((answer) => answer.text());
  // Waited for after the other.
  host.notice.catch(() => {});
  // Made once: what a first instance listens to would call the second.
  if (!zqModule.made) {
    zqModule.made = wasm
      .then((answer) => zqModule.instance(answer).catch((why) => zqModule.plainly(host, why)))
      .then(zqModule.finish);
    zqModule.made.catch(() => { zqModule.made = null; });
  }
  // In a task of its own, as what follows it: a slow phone stays free to answer a finger.
  const started = zqModule.made.then(() => zqModule.pause(0)).then(() => zqModule.start(zqModule.lent(host)));
  if (first) {
    zqModule.soon(host, () => zqModule.follow(host));
    // Whether the module comes or not, and after it: nobody waits for these.
    const rest = () => [zqModule.reads, zqModule.mistakes].forEach((act) => zqModule.soon(host, () => act(host)));
    started.then(rest, rest);
  }
  return started;
};

// Of the tag by which the glue came: a policy may know it by that alone.
zqModule.nonce = document.currentScript && document.currentScript.nonce || '';

// An instance of the module. Fails where there is no WebAssembly, where it does not work, and where the
// page's policy forbids it.
zqModule.instance = (answer) => new Promise((done) => {
  const imports = zqModule.imports();
  const whole = () => answer.arrayBuffer().then((bytes) => WebAssembly.instantiate(bytes, imports));
  // A stream must have the type's name, which not every server gives.
  const streams = WebAssembly.instantiateStreaming && /^application\/wasm$/i.test(answer.headers.get('content-type'));
  done((streams ? WebAssembly.instantiateStreaming(answer, imports) : whole()).then((made) => made.instance));
});

// The same as plain JavaScript.
zqModule.plainly = (host, why) => new Promise((done, fail) => {
  const script = document.createElement('script');
  script.nonce = zqModule.nonce;
  // In a task of its own: a slow phone stays free to answer a finger. What is there may be something else, or
  // want more memory than there is.
  script.onload = () => setTimeout(() => {
    try { done({ exports: zqModule.plain(zqModule.imports()) }); } catch (error) { fail(error); }
  });
  script.onerror = () => fail(new Error('zhiqing.fallback.js cannot be loaded, and ' + why.message));
  host.put.call(script, 'src', host.trusted.createScriptURL(host.base + 'zhiqing.fallback.js'));
  document.head.appendChild(script);
});

// What loader and module are lent (src/host.rs), of what the guard gives as bare as it has it.
zqModule.lent = (host) => Object.assign({}, host, {
  digest: host.config.digest,
  miniProgram: zqModule.signs(),
  token() {
    const tag = document.querySelector('script[data-zq-token]');
    return tag && tag.getAttribute('data-zq-token');
  },
  kept() {
    const kept = host.kept();
    return kept && kept.text;
  },
  setHtml(element, text) { element.innerHTML = host.html(text); },
  writeCookie(text) { host.nativeCookie.set.call(document, text); },
  // The guard is older than the notice, as when it was pasted into a page: the notice counts.
  renew(digest, version, purposes, banner, standing) {
    // A guard that was built for another place does not open a dialog.
    const shape = /^<dialog/.test(host.config.banner) ? banner : banner.replace(/^<dialog/, '<dialog open');
    Object.assign(host.config, { digest, version, purposes, banner: shape, standing });
    const decided = host.decided();
    const shown = host.mount().querySelector('.banner');
    // Its time in view was another notice's.
    host.hideBanner();
    host.apply(decided && decided.text);
    // What is left to ask is asked in the new words.
    if (shown) host.banner();
    else host.ask();
  }
});

// Lets go what may go, now and later, and hears of what was decided elsewhere: in another tab, or before
// the person came back to a page that the browser had put aside. Where nothing can be kept, this page's
// own memory is all there is.
zqModule.follow = (host) => {
  host.releaseBy(zqModule.release(host));
  const refresh = () => {
    const kept = host.kept();
    const decided = host.decided();
    if (kept && !(decided && decided.text === kept.text)) host.apply();
  };
  addEventListener('storage', (event) => {
    if (event.key === 'zq.' + host.config.site || event.key === null) refresh();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) refresh();
  });
};

