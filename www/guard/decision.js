// ---- The decision --------------------------------------------------------------------------

const nativeCookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
const readCookies = () => {
  try { return nativeCookie.get.call(doc); } catch (_) { return ''; }
};
// Nothing is thrown on a first visit: an error costs a slow phone more than the reading.
const readStorage = () => {
  try {
    const text = page.localStorage.getItem('zq.' + config.site);
    return text && JSON.parse(text).decision;
  } catch (_) { return null; }
};
// By id of each purpose: whether it is asked about, whether the browser's signal turns it off.
const purposesOf = (rows) => new Map(rows.map((row) => [row[0], row]));
let purposes = purposesOf(config.purposes);
const ids = (text) => (text ? text.split('.') : []);
const word = /^[\w-]{1,64}$/;

// The same reading as `zhiqing_consent::cookie::decode`: what is not a decision is none.
const decode = (value) => {
  const text = String(value || '');
  const parts = text.split('~');
  if (text.length > 4000) return null;
  if (parts.length < 7 || parts.length > 8 || parts[0] !== '1' || parts[1] !== config.site) return null;
  if (!/^[\w.-]{1,64}$/.test(parts[2]) || !/^\d{1,12}$/.test(parts[3])) return null;
  const lists = parts.slice(4).map(ids);
  if (!lists.every((list) => list.every((id) => word.test(id)))) return null;
  const granted = new Set(lists[0]);
  if (lists[1].some((id) => granted.has(id))) return null;
  return {
    text,
    version: parts[2],
    at: +parts[3],
    granted,
    denied: new Set(lists[1]),
    refused: new Set(lists[2]),
    despite: new Set(lists[3])
  };
};
const kept = () => {
  const found = readCookies().split(';').map((pair) => pair.trim()).filter((pair) => pair.slice(0, 3) === 'zq=');
  const values = found.map((pair) => pair.slice(3)).concat(readStorage() || []);
  // What claims to come from the future would outlive every later decision.
  const latest = Date.now() / 1000 + 86400;
  const decisions = values.map(decode).filter((found) => found && found.at < latest);
  return decisions.sort((a, b) => b.at - a.at)[0] || null;
};
let decision = kept();

// Global Privacy Control turns off what was granted before it was on, and is no choice (rule 7).
const signals = () => !!navigator.globalPrivacyControl;
const stateOf = (id) => {
  const purpose = purposes.get(id);
  if (!purpose[1]) return 'granted';
  if (!decision) return 'unset';
  if (!decision.granted.has(id)) return decision.denied.has(id) ? 'denied' : 'unset';
  return purpose[2] && signals() && !decision.despite.has(id) ? 'denied' : 'granted';
};
const allows = (id, technology) => {
  if (!purposes.has(id)) return false;
  if (!purposes.get(id)[1]) return true;
  return stateOf(id) === 'granted' && !decision.refused.has(technology);
};
const state = () => {
  const states = {};
  const technologies = {};
  purposes.forEach((_, id) => { states[id] = stateOf(id); });
  config.technologies.forEach((name) => {
    technologies[name] = decision && decision.refused.has(name) ? 'refused' : 'allowed';
  });
  return {
    policyVersion: decision ? decision.version : config.version,
    purposes: states,
    technologies,
    decidedAt: decision ? new Date(decision.at * 1000).toISOString() : null
  };
};
