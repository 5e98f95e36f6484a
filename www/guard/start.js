// The guard: the first script of the page, and the only one that has to be.
//
// It stands before anything else runs and holds back what was not chosen, reads the decision from the
// cookie `zq` when it is first asked for, shows the banner in the first frame where nothing was chosen
// yet, and fetches the module and its loader, which do the rest: they apply the rules of asking, show the
// sheets, keep the decision and report it.
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
// Old libraries have others of these names.
const Pattern = RegExp;
const Table = Map;
const Names = Set;
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
// Told by www/loader.
const late = !tag || doc.body;
// What addresses are relative to.
const home = () => (given ? given[1] : doc.baseURI);
// Where the other files are: told by the tag, as it stands now, and read when they are wanted, which
// is after the first paint.
const told = tag && tag.getAttribute('data-zq-base');
const from = (tag && !told && tag.src) || home();
const base = () => safely(() => new Address(told || '.', from).href);
// Made when it is needed: what a page does not need must not cost it its first milliseconds.
let policy;
const trusted = () => {
  if (!policy) {
    const same = (text) => text;
    policy = { createHTML: same, createScript: same, createScriptURL: same };
    try {
      if (page.trustedTypes) policy = page.trustedTypes.createPolicy('zhiqing', policy);
    } catch (_) {
      warn('trusted-types must allow "zhiqing".');
    }
  }
  return policy;
};
const html = (text) => trusted().createHTML(text);
