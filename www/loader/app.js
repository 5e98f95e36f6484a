// The module as the guard calls it. What a decision is and what a sheet shows is the module's (src/app.rs,
// here `core`), which answers at once; what only a browser does is done here and in the files beside.

// An error of ours, with its stable code.
zqModule.fault = (code, message) => Object.assign(new Error(message), { code });

// Goes on after so many milliseconds.
zqModule.pause = (ms) => new Promise((done) => setTimeout(done, ms));

// What a promise comes to within so many milliseconds, or nothing.
zqModule.within = (promise, ms) => Promise.race([promise, zqModule.pause(ms)]).catch(() => undefined);

// Starts on what the guard lends (www/loader/loader.js, `lent`).
zqModule.start = (host) => host.notice.then((text) => {
  // Every listener, so that `document.open`, which takes them away, does so until the next sheet only.
  // Nothing is heard twice.
  const heard = [];
  const listen = (target, event, hear) => {
    heard.push([target, event, hear]);
    target.addEventListener(event, hear, true);
  };
  const again = () => heard.forEach(([target, event, hear]) => target.addEventListener(event, hear, true));

  const sheets = zqModule.sheets(host, again);
  let core;
  let eraser;
  let sender;
  let place;
  Object.assign(host, {
    sheet: sheets.show,
    place: sheets.place,
    decided() {
      eraser.decided();
      place();
      sender.send();
    }
  });
  core = new zqModule.App(host, text);
  const notice = JSON.parse(text);
  const stores = zqModule.stores(host);
  eraser = zqModule.eraser(host, core, notice, stores);
  sender = zqModule.sender(host, core, notice);
  place = zqModule.handle(host, core, notice, listen);
  const stored = zqModule.stored(core, stores, sheets);

  const openPreferences = () => {
    core.openPreferences();
    stored.watch();
  };
  // Opens the policy once it is here; where it cannot be fetched the sheet says so.
  let here = false;
  const openPolicy = (clause) => {
    const url = host.base + 'policy/' + notice.policy.version + '.json';
    const open = (json, error) => {
      try {
        core.openPolicy(json);
        here = here || Boolean(json);
      } catch (wrong) {
        error = zqModule.fault('policy', url + ': ' + wrong.message);
      }
      if (clause) sheets.goTo(clause);
      if (error) throw error;
    };
    if (here) return new Promise((done) => done(open()));
    return sender.text(url).then(open, (error) => open(undefined, zqModule.fault('policy', error.message)));
  };
  // Lets the person save the receipt; nothing where there is none yet.
  const offer = () => {
    const receipt = JSON.parse(core.receipt());
    if (!receipt) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }));
    link.download = 'zhiqing-receipt.json';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const tellSignal = () => {
    const told = navigator.globalPrivacyControl && host.mount().querySelector('.banner .gpc');
    if (!told) return;
    told.textContent = core.words('gpc');
    told.removeAttribute('hidden');
  };
  const VIEWS = {
    banner() {
      host.banner();
      tellSignal();
      place();
    },
    preferences: openPreferences,
    policy: () => openPolicy(),
    rights: () => core.openRights()
  };
  const ACTS = {
    preferences: openPreferences,
    rights: VIEWS.rights,
    policy: (control) => openPolicy(control.getAttribute('data-zq-clause')),
    goto: (control) => sheets.goTo(control.getAttribute('data-zq-goto') || ''),
    delete: (control) => stored.remove(control),
    'delete-all': () => stored.removeAll(),
    receipt: offer
  };
  const own = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
  // Ids as the page gave them: nothing, one, or a list; a line each for the module.
  const lines = (ids) => {
    if (ids === undefined || ids === null) return undefined;
    const list = typeof ids === 'string' ? [ids] : ids;
    if (!Array.isArray(list)) throw zqModule.fault('argument', 'ids must be a list of purpose ids');
    return list.map((id) => (typeof id === 'string' ? id : '') + '\n').join('');
  };
  const decide = (act, ids) => {
    core[act](lines(ids));
    return host.state();
  };

  const root = host.mount();
  listen(root, 'change', ({ target }) => {
    const purpose = target.getAttribute('data-zq-purpose');
    const technology = target.getAttribute('data-zq-technology');
    // It is the step that switches it on, not the tap that leads there.
    if (purpose && !core.switchPurpose(purpose, target.checked)) target.checked = false;
    if (technology) core.refuseTechnology(technology, target.checked);
  });
  // Escape, and the back gesture where a browser maps it to a dialog.
  listen(root, 'cancel', (event) => {
    if (event.target.classList.contains('banner')) return;
    event.preventDefault();
    core.act('close');
  });
  listen(window, 'online', sender.send);
  // In another tab, too: this one has a session storage of its own.
  listen(document, 'zhiqing:change', eraser.keepLooking);
  listen(document, 'visibilitychange', () => { if (document.hidden) eraser.lookSoon(); });

  // What nobody waits for who wants to choose: each in a task after the start.
  [
    tellSignal,
    place,
    () => zqModule.beside(host, listen),
    () => zqModule.tools(host, notice, listen),
    sender.send,
    sender.recall,
    eraser.begin
  ].forEach((task) => setTimeout(() => {
    // One that fails leaves the others alone.
    try { task(); } catch (error) { host.warn(error.message); }
  }));

  return {
    core,
    act(hook, control) {
      const done = own(ACTS, hook) ? ACTS[hook](control) : core.act(hook);
      return Promise.resolve(done);
    },
    show(view) {
      if (!own(VIEWS, view)) throw zqModule.fault('argument', 'there is no view "' + view + '": banner, preferences, policy, rights');
      return Promise.resolve(VIEWS[view]());
    },
    accept: (ids) => decide('accept', ids),
    reject: () => decide('reject'),
    withdraw: (ids) => decide('withdraw', ids),
    permission(id) {
      let answer;
      const promise = new Promise((resolve) => { answer = resolve; });
      core.permission('' + id, answer);
      return promise;
    },
    receipt: () => JSON.parse(core.receipt()),
    removed: eraser.removed
  };
});
