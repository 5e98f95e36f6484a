// The guard: the first script of the page, and the only one that has to be.
//
// It knows the decision from the cookie `zq` before anything else runs, holds back what was not
// chosen, shows the banner where nothing was chosen yet, and fetches the module, which does the
// rest: it applies the rules of asking, renders the sheets, keeps the decision and reports it.
//
// The build puts these files together into one function and makes it small: names are short,
// comments and blanks are gone. Their order stands in crates/guard/build.rs. What a file declares,
// those after it use.
//
// Rules of these files: ES2015 syntax, because old web-views read it (the build refuses newer
// syntax); nothing thrown into the page; nothing optional allowed before the decision is known.
//
// The same function runs in the workers of the page, as far as the gate goes: `given` is what it
// cannot know there, see workers.js.
(function zhiqing(config, given) {
'use strict';
const page = self;
const doc = page.document;
const Address = page.URL;
const warn = (message) => page.console && console.warn('[zhiqing] ' + message);
// An element with the id `zhiqing` is a property of the window too.
if (doc && page.zhiqing && page.zhiqing.state) {
  warn('runs already.');
  return;
}

const quietly = (act) => {
  try { return act(); } catch (_) { return null; }
};
const safely = (act) => {
  try { return act(); } catch (error) { warn(error && error.message); }
};

const tag = doc && doc.currentScript;
if (doc && (!tag || doc.body)) {
  warn('must be first in <head>, neither defer nor module.');
}
// What addresses are relative to.
const home = () => (given ? given[1] : doc.baseURI);
// Where the other files are: told by the tag, as it stands now, and read when they are wanted, which
// is after the first paint.
const told = tag && tag.getAttribute('data-zq-base');
const from = (tag && !told && tag.src) || home();
const base = () => safely(() => new Address(told || '.', from).href);
let trusted = null;
try {
  const same = (text) => text;
  trusted = doc && page.trustedTypes && page.trustedTypes.createPolicy('zhiqing', { createHTML: same, createScript: same, createScriptURL: same });
} catch (_) {
  warn('trusted-types must allow "zhiqing".');
}
const html = (text) => (trusted ? trusted.createHTML(text) : text);
const scriptUrl = (text) => (trusted ? trusted.createScriptURL(text) : text);
