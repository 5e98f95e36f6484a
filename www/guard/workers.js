// ---- Where it is watched --------------------------------------------------------------------

// A worker has functions of its own. One that is made of text in memory begins with this same function;
// what its page decided it is told at its start, and later by a channel. One that is a file of the site
// begins as it would: in front of it nothing can be put that every page allows.
const blobs = new Map();
const made = (parts) => Address.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
let channel = null;
const tellWorkers = () => channel && channel.postMessage(decision && decision.text);
const watchWorkers = (scope) => {
  const urls = scope.URL;
  patch(urls, 'createObjectURL', (self, args) => (native) => {
    const address = call(native, self, args);
    blobs.set(address, args[0]);
    return address;
  });
  patch(urls, 'revokeObjectURL', (_, args) => { blobs.delete('' + args[0]); });
  patch(scope, 'Worker', (args, target) => {
    const address = '' + args[0];
    const blob = /^\W*blob:/i.test(address) && blobs.get(new Address(address).href);
    let script;
    if (judge('script', address)) {
      script = made([]);
    } else if (blob) {
      know();
      const told = JSON.stringify([decision && decision.text, home()]);
      const lean = Object.assign({}, config, { banner: '', css: '' });
      script = made(['(' + zhiqing + ')(' + JSON.stringify(lean) + ',' + told + ');', blob]);
    } else {
      return;
    }
    args[0] = trusted().createScriptURL(script);
    channel = channel || page.BroadcastChannel && new BroadcastChannel('zq');
    return (native) => make(native, args, target);
  });
};

// In this page, in the empty frames that scripts make to get at what is not watched, and in workers.
const entered = new WeakSet();
const enter = (scope) => quietly(() => {
  // Another origin's window lets nobody read this.
  if (entered.has(scope.Object)) return;
  entered.add(scope.Object);
  if (scope.document) {
    watchCookies(scope);
    watchStorage(scope);
    watchLoads(scope);
  }
  watchDatabases(scope);
  watchSends(scope);
  watchWorkers(scope);
  patch(scope, 'importScripts', (_, args) => { for (let at = args.length; at--;) if (judge('script', args[at])) args.splice(at, 1); });
  patchOf(scope.Function, 'toString', (self) => natives.has(self) && ((native) => call(native, natives.get(self), [])));
});
enter(page);
if (given) {
  if (page.BroadcastChannel) {
    new BroadcastChannel('zq').onmessage = (event) => {
      know();
      decision = decode(event.data);
      settle();
      closeHeld();
    };
  }
  return;
}
