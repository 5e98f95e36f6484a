// Tells a decision to the tools themselves: the calls of their own switches that the notice lists, each
// where the page has the function, and once for each change of its purpose. Google's Consent Mode, whose
// default must come before anything else runs, is the guard's.
zqModule.tools = (host, notice, listen) => {
  const calls = [];
  notice.trackers.forEach(({ purpose, signals }) => {
    const asked = notice.purposes.some((it) => it.id === purpose && it.basis !== 'none');
    if (asked) (signals && signals.calls || []).forEach((call) => calls.push(Object.assign({ purpose }, call)));
  });
  if (!calls.length || notice.mode === 'report') return;

  // Calls a tool's switch; false where it is not there. What it throws is its own affair.
  const tell = ({ call, granted, denied }, grants) => {
    const given = grants ? granted : denied;
    if (given === undefined || given === null) return true;
    let self;
    let found = window;
    try {
      call.split('.').forEach((name) => {
        self = found;
        found = found[name];
      });
    } catch (_) { return false; }
    if (typeof found !== 'function') return false;
    try { Reflect.apply(found, self, JSON.parse(given)); } catch (_) { /* */ }
    return true;
  };
  const tellAll = () => {
    const { purposes } = host.state();
    calls.forEach((call) => {
      const state = purposes[call.purpose];
      const granted = state === 'granted';
      // Nothing is told before a decision; what asks anew after one holds no longer.
      if (!granted && state !== 'denied' && call.told !== true) return;
      // Set before the page's code runs, which may decide anew.
      const before = call.told;
      call.told = granted;
      if (before !== granted && !tell(call, granted)) call.told = before;
    });
  };
  listen(document, 'zhiqing:change', tellAll);
  // A tool that comes later is told when its script is there.
  listen(document, 'load', ({ target }) => { if (target.localName === 'script') tellAll(); });
  tellAll();
};
