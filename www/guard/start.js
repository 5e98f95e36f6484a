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
// syntax); `config` is the one that is given __CONFIG__; nothing thrown into the page; nothing
// optional allowed before the decision is known.
(() => {
'use strict';
const page = window;
const doc = document;
const warn = (message) => page.console && console.warn('[zhiqing] ' + message);
// An element with the id `zhiqing` is a property of the window too.
if (page.zhiqing && page.zhiqing.state) {
  warn('is on this page already; the second copy does nothing.');
  return;
}

const config = __CONFIG__;
const self = doc.currentScript;
if (!self || doc.body) {
  warn('must be a plain script, neither defer nor module, first in <head>: what ran before it was not held back.');
}
// Where the other files are: told by the tag, as it stands now, and read when they are wanted, which
// is after the first paint.
const given = self && self.getAttribute('data-zq-base');
const from = (self && !given && self.src) || doc.baseURI;
const base = () => {
  try { return new URL(given || '.', from).href; } catch (_) { warn('data-zq-base is no address.'); }
  return doc.baseURI;
};
// In a frame of a page that asks already, nobody is asked a second time.
const framed = (() => {
  try { return page.top !== page && !!page.top.zhiqing.state; } catch (_) { return false; }
})();
