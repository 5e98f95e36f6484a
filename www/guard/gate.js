// ---- The gate: what is judged ---------------------------------------------------------------

const call = Reflect.apply;
const make = Reflect.construct;
const describe = Object.getOwnPropertyDescriptor;
const define = Object.defineProperty;

// The same matching as `zhiqing_consent::Glob`: only the last star is tried again.
const matches = (pattern, text) => {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star < 0) {
      return false;
    } else {
      p = star + 1;
      t = ++mark;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
};
// What is judged by a key's name; all else is by its address.
const ofKeys = (technology) => /cookie|_[sd]/.test(technology);
const uses = config.uses;
const keyed = uses.filter((use) => ofKeys(use[1]));
const addressed = uses.filter((use) => !ofKeys(use[1]));
const reporting = config.mode === 'report';
const closed = !!config.mode;
const { origin } = page.location;
let own;
// Most addresses of a page are its own, and no tracker's. To read one takes as long as to make its
// element: so what is written so plainly that it can only lead here is not read. Dots stand in the last
// part alone, so that no path looks like a host; where a pattern could name this host, nothing is plain.
const PLAIN = '(?:' + origin.replace(/\W/g, '\\$&').replace('http', '(?:http|ws)') + '(?![\\w.-]))?(?:/(?!/))?[\\w-]*(?:/[\\w-]+)*/?(?:\\.[\\w-]+)*';
let plain;
const elsewhereOnly = (pattern) => {
  const host = /^([^*/]*|[^/]*\.[^*/]*)\//.exec(pattern);
  // Of a worker made of text the location has no host.
  return host && !matches(host[1], new Address(origin).hostname);
};
const isPlain = (text) => {
  plain = plain || quietly(() => addressed.every((use) => use[2].every(elsewhereOnly)) && new Pattern('^' + PLAIN + '(?:[?#]|$)', 'i')) || /^\b$/;
  return plain.test(text);
};
// In place of a purpose, for what nobody declared.
const NOBODY = '-';
// What was held back, or would have been where the site only reports: each once.
const noted = [];
const seen = Object.create(null);
const note = (technology, key, by) => {
  const row = technology + ' ' + key;
  seen[row] = seen[row] || (noted.length < 200 && noted.push({ technology, key, purpose: by === NOBODY ? null : by }));
};
// Set by `judge`: it may go, but not with what the cache remembers; somebody may ever hold it back.
let bare;
let claimed;
// The same judgement as `zhiqing_consent::Gate`: the purpose for whose sake it is held back, or
// nothing. `way` is the technology that acts, which may be another than the one that was declared.
const judge = (way, value) => {
  let key = '' + value;
  let address;
  bare = claimed = false;
  let rows = addressed;
  if (ofKeys(way)) {
    rows = keyed;
    if (key.slice(0, 2) === 'zq') return;
  } else {
    if (isPlain(key) && isPlain(home())) return;
    // What is no address is for the browser to refuse. Inlined data may be long.
    address = /^data:/.test(key) || quietly(() => new Address(key, home()));
    if (!/^(http|ws)/.test(address && address.protocol)) return;
    key = address.hostname + address.pathname;
  }
  let exact;
  let other;
  let by;
  for (let i = 0; i < rows.length; i++) {
    const id = rows[i][0];
    const technology = rows[i][1];
    const patterns = rows[i][2];
    let at = technology === way || rows === addressed ? patterns.length : 0;
    while (at-- && !matches(patterns[at], key));
    if (at < 0) continue;
    claimed = true;
    if (!allows(id, way)) {
      by = by || id;
    } else if (technology === way) {
      exact = true;
    } else if (!allows(id, technology)) {
      // Scripts can ask for a copy of its own; tags cannot.
      if (technology !== 'etag') other = other || id;
      else if (way === 'request') bare = !reporting;
      else by = by || id;
    }
  }
  if (!exact) by = by || other;
  own = own || [origin, new Address(base() || from).origin].concat(config.origins || []);
  if (!claimed && closed && (!address || own.indexOf(address.origin.replace(/^ws/, 'http')) < 0)) by = NOBODY;
  if (by) note(way, key, by);
  return reporting ? 0 : by;
};

// ---- The gate: what is watched --------------------------------------------------------------

// What the page may not see the difference of: name, length and class are the native's own.
const natives = new WeakMap();
// A function, or a class, that asks `before` first (with what it is called on and with, or made with
// and as), which may give another to be called in its place. Whatever goes wrong there, the page gets
// what it asked for.
const cover = (native, before) => {
  const ask = (natural, a, b) => {
    const instead = quietly(() => before(a, b));
    return instead ? instead(native) : natural(native, a, b);
  };
  const made = new Proxy(native, {
    apply: (_, owner, args) => ask(call, owner, args),
    construct: (_, args, target) => ask(make, args, target === made ? native : target)
  });
  natives.set(made, native);
  return made;
};
const patch = (owner, name, before, kind) => {
  let found;
  while (owner && !(found = describe(owner, name))) owner = Object.getPrototypeOf(owner);
  if (!found) return;
  kind = kind || (found.set ? 'set' : found.get ? 'get' : 'value');
  const native = found[kind];
  try {
    found[kind] = cover(native, before);
    define(owner, name, found);
    if (native.prototype) define(native.prototype, 'constructor', { value: found[kind] });
  } catch (_) {
    warn('cannot watch ' + name);
  }
};
// The same of what objects of a class inherit.
const patchOf = (type, name, before, kind) => type && patch(type.prototype, name, before, kind);
// What stays open, and is closed when it may not be any more: [it, technology, key or address].
const open = [];
const closeHeld = () => open.splice(0).forEach((row) => {
  if (judge(row[1], row[2])) safely(() => row[0].close());
  else open.push(row);
});
