// ---- The gate ------------------------------------------------------------------------------

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
const passes = (technology, key) => {
  if (key.slice(0, 2) === 'zq' || config.mode === 'report') return true;
  const claims = config.uses.filter((use) => use[1] === technology && use[2].some((pattern) => matches(pattern, key)));
  return claims.length ? claims.every((use) => allows(use[0], technology)) : config.mode !== 'strict';
};
const cookieName = (text) => {
  const pair = text.split(';')[0];
  const at = pair.indexOf('=');
  return (at < 0 ? '' : pair.slice(0, at)).trim();
};
const loose = () => warn('cannot watch cookies here: those that scripts write are not held back.');
if (nativeCookie && nativeCookie.configurable) {
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    enumerable: nativeCookie.enumerable,
    get: nativeCookie.get,
    set(value) {
      const text = String(value);
      if (this !== doc || passes('cookie', cookieName(text))) nativeCookie.set.call(this, text);
    }
  });
} else {
  loose();
}
if (page.CookieStore) {
  const store = CookieStore.prototype;
  const nativeSet = store.set;
  // False where the page has frozen it.
  const watched = Reflect.set(store, 'set', function set(name) {
    const key = String(name && typeof name === 'object' ? name.name : name).trim();
    return passes('cookie', key) ? nativeSet.apply(this, arguments) : Promise.resolve();
  });
  if (!watched) loose();
}
