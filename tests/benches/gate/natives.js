// Before the guard: what the browser brings. Afterwards, what of it the guard put others in the place of,
// and either of both back: so a call is measured with and without the gate in the same page, in turns.
(() => {
  const owners = Object.getOwnPropertyNames(window)
    .filter((name) => /^(HTML\w*Element|Document|Element|ShadowRoot|Attr|Range|DOMParser|Navigator|XMLHttpRequest|Storage|IDBFactory|CacheStorage|CookieStore|Function)$/.test(name))
    .map((name) => window[name].prototype)
    .concat(window, URL);
  const natives = new Map(owners.map((owner) => [owner, Object.getOwnPropertyDescriptors(owner)]));
  const PARTS = ['value', 'get', 'set'];
  let patched;
  const find = () => {
    patched = [];
    natives.forEach((all, owner) => Object.keys(all).forEach((name) => {
      const native = all[name];
      const now = Object.getOwnPropertyDescriptor(owner, name);
      if (now && native.configurable && PARTS.some((part) => typeof native[part] === 'function' && native[part] !== now[part])) patched.push([owner, name, native, now]);
    }));
  };
  Object.defineProperty(window, 'gateNatives', { value: (native) => {
    if (!patched) find();
    patched.forEach((row) => Object.defineProperty(row[0], row[1], row[native ? 2 : 3]));
    return patched.length;
  } });
})();
