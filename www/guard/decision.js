// ---- The decision --------------------------------------------------------------------------

const nativeCookie = doc && Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
// Nothing is thrown on a first visit: an error costs a slow phone more than the reading.
const readStorage = () => quietly(() => {
  const text = page.localStorage.getItem('zq.' + config.site);
  return text && JSON.parse(text).decision;
});
// By id of each purpose: 0 where nobody is asked about it, 1 where the person is, 2 where the browser's
// signal turns it off, too.
const purposesOf = (rows) => new Map(rows);
let purposes = purposesOf(config.purposes);
// The same reading as `zhiqing_consent::cookie::decode`: what is not a decision is none.
const IDS = '~((?:[\\w-]{1,64}(?:\\.[\\w-]{1,64})*)?)';
const DECISION = new RegExp('^1~' + config.site.replace(/\W/g, '\\$&') + '~([\\w.-]{1,64})~(\\d{1,12})' + IDS + IDS + IDS + '(?:' + IDS + ')?$');
const decode = (value) => {
  const text = '' + value;
  const found = text.length > 4000 ? null : DECISION.exec(text);
  if (!found) return null;
  const [granted, denied, refused, despite] = found.slice(3).map((ids) => new Set(ids ? ids.split('.') : []));
  denied.forEach((id) => { if (granted.has(id)) granted.bad = true; });
  return granted.bad ? null : { text, version: found[1], at: +found[2], granted, denied, refused, despite };
};
const kept = () => {
  const cookies = '; ' + quietly(() => nativeCookie.get.call(doc));
  const values = cookies.split('; zq=').slice(1).map((rest) => rest.split(';')[0]).concat(readStorage() || []);
  // What claims to come from the future would outlive every later decision.
  const latest = Date.now() / 1000 + 86400;
  const decisions = values.map(decode).filter((found) => found && found.at < latest);
  return decisions.sort((a, b) => b.at - a.at)[0] || null;
};
let decision = given ? decode(given[0]) : kept();

// Global Privacy Control turns off what was granted before it was on, and is no choice (rule 7).
const signals = () => !!navigator.globalPrivacyControl;
const stateOf = (id) => {
  const kind = purposes.get(id);
  if (!kind) return 'granted';
  if (!decision) return 'unset';
  if (!decision.granted.has(id)) return decision.denied.has(id) ? 'denied' : 'unset';
  return kind > 1 && signals() && !decision.despite.has(id) ? 'denied' : 'granted';
};
// What the gate goes by, as plain as can be: 2 for a purpose that needs no consent, 1 for one that is
// granted. Pages change what they share, some to break: what judges uses little of it.
let granted;
let refused;
const settle = () => {
  granted = Object.create(null);
  refused = Object.create(null);
  purposes.forEach((kind, id) => { granted[id] = kind ? +(stateOf(id) === 'granted') : 2; });
  if (decision) decision.refused.forEach((name) => { refused[name] = 1; });
};
settle();
const allows = (id, technology) => granted[id] > (refused[technology] || 0);
const state = () => {
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
