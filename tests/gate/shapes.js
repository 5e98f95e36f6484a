// How everything in reach of a page looks, and what the functions of the web say to what is wrong.
const name = (value) => {
  if (value === null) return 'null';
  if (typeof value === 'function') return 'function ' + value.name;
  return typeof value === 'object' ? Object.prototype.toString.call(value) : typeof value;
};
const flags = (found) => ['value', 'get', 'set'].filter((part) => part in found && found[part] !== undefined).join() + (found.writable ? 'w' : '') + (found.enumerable ? 'e' : '') + (found.configurable ? 'c' : '');
const shape = (value) => typeof value !== 'function' ? name(value) : [
  attempt(() => Object.getOwnPropertyDescriptor(value, 'name')), attempt(() => Object.getOwnPropertyDescriptor(value, 'length')),
  attempt(() => String(value)), attempt(() => Function.prototype.toString.call(value)), Reflect.ownKeys(value).map(String),
  name(Object.getPrototypeOf(value)), Object.isExtensible(value), Object.isFrozen(value), Object.prototype.toString.call(value),
  typeof value.prototype, attempt(() => value.prototype.constructor === value), typeof value
];
const all = (seen, path, owner) => Reflect.ownKeys(owner).forEach((key) => {
  if (path === 'window' && /^(zhiqing|walkErrors|go|ran|RAN)$|^\d+$|^cdc_|^ret_nodes/.test(String(key))) return;
  const found = Object.getOwnPropertyDescriptor(owner, key);
  const here = `${path}.${String(key)}`;
  seen[here] = JSON.stringify([flags(found), ...['value', 'get', 'set'].filter((part) => part in found).map((part) => shape(found[part]))]);
});
export const shapes = () => {
  const seen = {};
  all(seen, 'window', window);
  Object.getOwnPropertyNames(window).forEach((key) => {
    const it = Object.getOwnPropertyDescriptor(window, key).value;
    if (typeof it !== 'function') return;
    all(seen, key, it);
    if (it.prototype) all(seen, key + '.prototype', it.prototype);
  });
  return seen;
};

// What is watched: by its name, its owner's prototype, its kind.
const ATTRIBUTES = ['src', 'srcset', 'href', 'data', 'poster', 'ping', 'srcdoc', 'contentWindow', 'contentDocument'];
const watched = () => {
  const list = [];
  const add = (path, owner, keys) => keys.forEach((key) => {
    const found = owner && Object.getOwnPropertyDescriptor(owner, key);
    if (found) ['value', 'get', 'set'].forEach((kind) => typeof found[kind] === 'function' && list.push([`${kind} ${path}.${key}`, found[kind]]));
  });
  add('Document', Document, ['parseHTMLUnsafe']);
  add('URL', URL, ['createObjectURL', 'revokeObjectURL']);
  add('window', window, ['localStorage', 'sessionStorage', 'fetch', 'WebSocket', 'EventSource', 'Audio', 'Worker', 'StorageEvent', 'XMLHttpRequest', 'Image']);
  const of = (key, keys) => window[key] && add(key, window[key].prototype, keys);
  of('Document', ['cookie', 'write', 'writeln']);
  of('CookieStore', ['set']);
  of('Storage', ['setItem', 'getItem', 'removeItem', 'clear', 'key', 'length']);
  of('StorageEvent', ['storageArea', 'initStorageEvent']);
  of('IDBFactory', ['open']);
  of('CacheStorage', ['open']);
  of('Navigator', ['sendBeacon']);
  of('XMLHttpRequest', ['open', 'send']);
  of('Element', ['setAttribute', 'setAttributeNS', 'setAttributeNode', 'setAttributeNodeNS', 'innerHTML', 'outerHTML', 'setHTMLUnsafe', 'insertAdjacentHTML']);
  of('ShadowRoot', ['innerHTML', 'setHTMLUnsafe']);
  of('Attr', ['value']);
  of('Range', ['createContextualFragment']);
  of('DOMParser', ['parseFromString']);
  of('Function', ['toString']);
  Object.getOwnPropertyNames(window).filter((key) => /^HTML.+Element$/.test(key)).forEach((key) => of(key, ATTRIBUTES));
  return list;
};
const outcome = async (act) => {
  try {
    const gave = act();
    return gave && typeof gave.then === 'function' ? 'promise of ' + await gave.then(name, told) : name(gave);
  } catch (error) {
    return told(error) + (error instanceof window[error.name] || error instanceof DOMException ? '' : ' of another realm');
  }
};
export const wrongs = async () => {
  const seen = {};
  for (const [path, it] of watched()) {
    const wrong = [undefined, null, {}, 5, Object.create(document), Object.create(localStorage), document.createElement('p')];
    const given = [[], [undefined], [{}], ['x', 'y']];
    const found = [];
    for (const owner of wrong) {
      // These may be called on nothing, which then is the window.
      if (owner == null && /value window|value URL|value Document.parse|value Function/.test(path)) continue;
      for (const args of given) {
        if (/value URL|value Document.parse|set Element|value Element|get Function/.test(path) && args.length && owner instanceof Element) continue;
        {
        const said = await outcome(() => Reflect.apply(it, owner, args));
        // A class that is called and not made says why in its own words.
        found.push(it.prototype ? said.split(':')[0] : said);
      }
      }
    }
    if (!/value window|value Function/.test(path)) found.push(await outcome(() => Reflect.construct(it, [])), await outcome(() => Reflect.construct(Object, [], it)), await outcome(() => class extends it {}));
    found.push(await outcome(() => ({}) instanceof it), await outcome(() => { it.shop = 1; const own = it.shop; delete it.shop; return own === 1 && !('shop' in it); }), await outcome(() => it.bind({}).name), await outcome(() => it.call === Function.prototype.call));
    seen[path] = JSON.stringify(found);
  }
  return seen;
};
