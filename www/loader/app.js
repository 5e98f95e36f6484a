// The module as the guard calls it. What a decision is and what a sheet shows is the module's (src/app.rs,
// here `core`), which answers at once; what only a browser does is done here and in the files beside.

// An error of ours, with its stable code.
zqModule.fault = (code, message) => Object.assign(new Error(message), { code });

// Does something in a task of its own. What fails there leaves the rest and the page alone.
zqModule.soon = (host, task) => setTimeout(() => {
  try { task(); } catch (error) { host.warn(error.message); }
});

// Goes on after so many milliseconds.
zqModule.pause = (ms) => new Promise((done) => setTimeout(done, ms));

// What an act gives; where the browser has no such object, or forbids it, the act throws, and nothing comes.
zqModule.quietly = (act) => {
  try { return act(); } catch (_) { return undefined; }
};

// What a promise comes to within so many milliseconds, or nothing.
zqModule.within = (promise, ms) => Promise.race([promise, zqModule.pause(ms)]).catch(() => undefined);

// Starts on what the guard lends (www/loader/loader.js, `lent`).
zqModule.start = (host) => host.notice.catch((error) => {
  throw zqModule.fault('notice', error.message);
}).then((text) => {
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
  let box;
  let sender;
  let place;
  // The module goes on whatever the page's own elements do here.
  const quietly = (act) => (...given) => {
    try { return act(...given); } catch (error) { host.warn(error.message); }
    return undefined;
  };
  Object.assign(host, {
    sheet: quietly(sheets.show),
    place: quietly(sheets.place),
    decided: () => [() => eraser.decided(), () => place(), () => sender.wake()].forEach((act) => quietly(act)()),
    land: quietly((...given) => box.land(...given)),
    outbox: () => box.holds()
  });
  core = new zqModule.App(host, text);
  const notice = JSON.parse(text);
  const stores = zqModule.stores(host);
  eraser = zqModule.eraser(host, core, notice, stores);
  box = zqModule.outbox(host, notice.site, stores);
  sender = zqModule.sender(host, core, notice, box);
  place = zqModule.handle(host, core, notice, listen);
  const stored = zqModule.stored(host, core, stores, sheets);

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
    const text = core.receipt();
    if (text === 'null') return;
    const shown = JSON.stringify(JSON.parse(text), null, 2);
    const bare = (text) => text.replace(/\s/g, '');
    const link = document.createElement('a');
    // Old libraries write JSON otherwise, and nobody could verify that.
    link.href = URL.createObjectURL(new Blob([bare(shown) === bare(text) ? shown : text], { type: 'application/json' }));
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
    return list.map((id) => (typeof id === 'string' && id.indexOf('\n') < 0 ? id : '') + '\n').join('');
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
  listen(window, 'online', sender.wake);
  listen(window, 'pageshow', ({ persisted }) => { if (persisted) sender.wake(); });
  listen(window, 'pagehide', sender.leave);
  // In another tab, too: this one has a session storage of its own.
  listen(document, 'zhiqing:change', eraser.keepLooking);
  // A phone may end a hidden page without another word.
  listen(document, 'visibilitychange', () => {
    if (!document.hidden) return;
    sender.leave();
    eraser.lookSoon();
  });

  // What nobody waits for who wants to choose: each in a task after the start.
  [
    () => zqModule.placeholders(host, core),
    tellSignal,
    place,
    () => zqModule.beside(host, listen),
    () => zqModule.tools(host, notice, listen),
    () => {
      core.adopt();
      sender.wake();
    },
    sender.recall,
    eraser.begin
  ].forEach((task) => zqModule.soon(host, task));

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
