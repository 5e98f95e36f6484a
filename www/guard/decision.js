// ---- The decision --------------------------------------------------------------------------

const nativeCookie = doc && Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
// By id of each purpose: 0 where nobody is asked about it, 1 where the person is, 2 where the browser's
// signal turns it off, too.
let purposes;
// The same reading as `zhiqing_consent::cookie::decode`: what is not a decision is none.
const DECISION = new Pattern('^1~' + config.site.replace(/\W/g, '\\$&') + '~([\\w.-]{1,64})~(\\d{1,12})((~([\\w-]{1,64}(\\.[\\w-]{1,64})*)?){3,4})$');
const decode = (value) => {
  const text = '' + value;
  const found = text.length > 4000 ? null : DECISION.exec(text);
  if (!found) return null;
  const [, granted, denied, refused, despite = denied] = found[3].split('~').map((ids) => new Names(ids && ids.split('.')));
  denied.forEach((id) => { if (granted.has(id)) granted.bad = true; });
  return granted.bad ? null : { text, version: found[1], at: +found[2], granted, denied, refused, despite };
};
const kept = () => {
  const cookies = '; ' + quietly(() => nativeCookie.get.call(doc));
  // Nothing is thrown on a first visit: an error costs a slow phone more than the reading.
  const stored = quietly(() => {
    const text = page.localStorage.getItem('zq.' + config.site);
    return text && JSON.parse(text).decision;
  });
  // Of one second's the page's own counts: a server's cookie may be an answer to what was decided before.
  const values = [stored].concat(cookies.split('; zq=').slice(1).map((rest) => rest.split(';')[0]));
  // What claims to come from the future would outlive every later decision.
  const latest = Date.now() / 1000 + 86400;
  const decisions = values.map(decode).filter((found) => found && found.at < latest);
  return decisions.sort((a, b) => b.at - a.at)[0] || null;
};
// Read when it is first asked for: the browser asks another process, which no page should wait for that
// uses nothing listed before its first frame.
let decision;
// What cannot be read, because the page broke what reads it, is none.
let known;
// When the last decision was made that did not come from this page: in another tab, or before.
let elsewhere = 0;
const know = () => {
  if (known) return;
  known = true;
  decision = quietly(() => (given ? decode(given[0]) : kept()));
  elsewhere = decision ? decision.at : 0;
  quietly(settle);
};

const stateOf = (id) => {
  const kind = purposes.get(id);
  if (!kind) return 'granted';
  if (!decision) return 'unset';
  if (!decision.granted.has(id)) return decision.denied.has(id) ? 'denied' : 'unset';
  // Global Privacy Control turns off what was granted before it was on, and is no choice (rule 7).
  return kind > 1 && navigator.globalPrivacyControl && !decision.despite.has(id) ? 'denied' : 'granted';
};
// What the gate goes by, as plain as can be: 2 for a purpose that needs no consent, 1 for one that is
// granted. Pages change what they share, some to break: what judges uses little of it.
let granted = Object.create(null);
let refused = granted;
const settle = () => {
  purposes = new Table(config.purposes);
  granted = Object.create(null);
  refused = Object.create(null);
  purposes.forEach((kind, id) => { granted[id] = kind ? +(stateOf(id) === 'granted') : 2; });
  if (decision) decision.refused.forEach((name) => { refused[name] = 1; });
};
const allows = (id, technology) => {
  know();
  return granted[id] > (refused[technology] || 0);
};
const state = () => {
  know();
  const states = {};
  const technologies = {};
  purposes.forEach((_, id) => { states[id] = stateOf(id); });
  config.technologies.forEach((name) => {
    technologies[name] = refused[name] ? 'refused' : 'allowed';
  });
  return {
    policyVersion: decision ? decision.version : config.version,
    purposes: states,
    technologies,
    decidedAt: decision ? new Date(decision.at * 1000).toISOString() : null
  };
};
