// What the gate holds back reads as the page wrote it.
zqModule.reads = (host) => {
  // An element whose address is held has it in an attribute of ours.
  'Script.src|Image.src|Image.srcset|IFrame.src|Embed.src|Object.data|Link.href|Media.src|Video.poster|Source.src|Source.srcset|Track.src|Input.src|Anchor.ping'.split('|').forEach((row) => {
    const [element, name] = row.split('.');
    host.patchOf(window['HTML' + element + 'Element'], name, (self) => {
      const value = host.holding.has(self) && self.getAttribute('data-' + name);
      return value && (() => (/set|ping/.test(name) ? value : new URL(value, document.baseURI).href));
    }, 'get');
  });
  // Where a store stands behind a proxy (www/guard/stores.js), events name the store itself, and take
  // no proxy.
  const event = window.StorageEvent;
  host.patchOf(event, 'storageArea', (self, args) => (native) => {
    const store = Reflect.apply(native, self, args);
    const known = host.front(store);
    return known ? known[0] : store;
  });
  host.patchOf(event, 'initStorageEvent', (_, args) => { args[7] = host.front(args[7])[1]; });
};
