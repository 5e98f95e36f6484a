// A page that breaks what all scripts share, one thing at a time, and goes on.
const OWNERS = { Array: Array.prototype, String: String.prototype, RegExp: RegExp.prototype, Map: Map.prototype, Set: Set.prototype, WeakMap: WeakMap.prototype, WeakSet: WeakSet.prototype, Function: Function.prototype, Promise: Promise.prototype, Object, Reflect, ObjectPrototype: Object.prototype, Math, JSON, URLPrototype: URL.prototype, EventTarget: EventTarget.prototype, Date };
const GLOBALS = ['URL', 'String', 'Object', 'Promise', 'RegExp', 'Proxy', 'DOMException', 'Blob', 'WeakMap', 'Date'];
const define = Object.defineProperty;
const describe = Object.getOwnPropertyDescriptor;
const keysOf = Reflect.ownKeys;
const apply = Reflect.apply;
const made = document.createElement.bind(document);
const toText = String;
const push = (list, item) => { list[list.length] = item; };

// What the page does with a tracker's things; each says how it went without using what may be broken.
const acts = (address, key) => [
  () => { document.cookie = key + '=1'; },
  () => { localStorage.setItem(key, '1'); },
  () => { localStorage[key + 'b'] = '1'; },
  () => { fetch(address + 'fetch', { mode: 'no-cors' }); },
  () => { navigator.sendBeacon(address + 'beacon', 'x'); },
  () => { const it = new XMLHttpRequest(); it.open('GET', address + 'xhr'); it.send(); },
  () => { new Image().src = address + 'image'; },
  () => { made('img').setAttribute('src', address + 'attribute'); },
  () => { made('div').innerHTML = '<img src="' + address + 'markup">'; },
  () => { made('script').src = address + 'script'; }
];
const NAMES = ['cookie', 'setItem', 'property', 'fetch', 'beacon', 'xhr', 'image', 'attribute', 'markup', 'script'];
const broken = [['throws', () => { throw new TypeError('broken'); }], ['garbage', () => 7]];

const targets = () => {
  const list = [];
  for (const place in OWNERS) {
    const owner = OWNERS[place];
    const keys = keysOf(owner);
    for (let at = 0; at < keys.length; at++) {
      const found = describe(owner, keys[at]);
      if (keys[at] === 'constructor' || keys[at] === '__proto__' || !found.configurable || typeof found.value !== 'function') continue;
      push(list, [place + '.' + toText(keys[at]), owner, keys[at], found]);
    }
  }
  for (let at = 0; at < GLOBALS.length; at++) push(list, [GLOBALS[at], window, GLOBALS[at], describe(window, GLOBALS[at])]);
  return list;
};
// Rows of what threw, by what was broken and what was done. Addresses and keys say the same.
export const tamper = async (address) => {
  const list = targets();
  const threw = [];
  for (let at = 0; at < list.length; at++) {
    for (let way = 0; way < 2; way++) {
      const [name, owner, key, found] = list[at];
      const all = acts(address + at + '_' + way + '_', 't_' + at + '_' + way + '_');
      for (let act = 0; act < all.length; act++) {
        const go = all[act];
        let error;
        let thrown = false;
        define(owner, key, { value: broken[way][1], configurable: true, writable: true, enumerable: found.enumerable });
        try { go(); } catch (caught) { thrown = true; error = caught; }
        define(owner, key, found);
        if (thrown) push(threw, `${name} ${broken[way][0]}, ${NAMES[act]}: ${error}`);
      }
    }
    if (at % 20 === 0) await pause(5);
  }
  await pause(300);
  const kept = document.cookie.split('; ').map((pair) => pair.split('=')[0]).concat(Object.keys(localStorage)).filter((key) => key.startsWith('t_'));
  kept.forEach((key) => { document.cookie = key + '=; Max-Age=0'; localStorage.removeItem(key); });
  return { threw, kept, names: list.map(([name]) => name) };
};
