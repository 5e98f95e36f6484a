// ---- What is sent ---------------------------------------------------------------------------

// A send that is held back is dropped, and the page hears that it succeeded, with an empty answer:
// told that it failed, trackers keep what they gathered and send it later, after a consent that did
// not cover it. `data:,` is the one address that gives such an answer without a network.
const EMPTY = 'data:,';
const requests = new WeakMap();
const watchSends = (scope) => {
  patchOf(scope.Navigator, 'sendBeacon', (_, args) => judge('beacon', args[0]) && (() => true));
  patch(scope, 'fetch', (_, args) => {
    const address = (args[0] || {}).url || args[0];
    if (judge('request', address)) return (native) => call(native, scope, [EMPTY]);
    if (bare) return (native) => call(native, scope, [args[0], Object.assign({}, args[1], { cache: 'no-store' })]);
  });
  const request = scope.XMLHttpRequest;
  const reopen = request.prototype.open;
  patchOf(request, 'open', (self, args) => {
    requests.set(self, [args[1], args.length < 3 || !!args[2]]);
    judge('request', args[1]);
    // It has no such setting, and a header that says so would have to be allowed by the other side. An
    // address of its own was never answered before.
    if (bare) {
      const address = new Address(args[1], home());
      address.search += '&' + Math.random();
      args[1] = address.href;
    }
  });
  // Judged when it is sent: until then much may be decided.
  patchOf(request, 'send', (self, args) => {
    const known = requests.get(self);
    return known && self.readyState === 1 && judge('request', known[0]) && ((native) => {
      call(reopen, self, ['POST', EMPTY, known[1]]);
      return call(native, self, []);
    });
  });
  ['WebSocket', 'EventSource'].forEach((name) => patch(scope, name, (args, target) => {
    const address = args[0];
    // These addresses fail: no host has the name (RFC 6761), and nothing is no event.
    if (judge('request', address)) args[0] = name === 'WebSocket' ? 'wss://0.invalid' : EMPTY;
    return claimed && ((native) => {
      const made = make(native, args, target);
      open.push([made, 'request', address]);
      return made;
    });
  }));
};
