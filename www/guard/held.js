// ---- Tags that are held back ---------------------------------------------------------------

// Tags the page holds back for us: `<script type="text/plain" data-purpose>`, and frames and
// images with `data-src`. Each is let go once, in the order of the document. Within a purpose, a
// script that loads from elsewhere is waited for, because the next one may need it; not for ever,
// because it may never come.
const HELD = 'script[type="text/plain"][data-purpose],iframe[data-purpose][data-src],img[data-purpose][data-src]';
const PATIENCE = 10000;
const busy = new Set();
const released = new WeakSet();
const unknown = new Set();
let trusted = null;
try {
  const same = (text) => text;
  trusted = page.trustedTypes && page.trustedTypes.createPolicy('zhiqing', { createHTML: same, createScript: same, createScriptURL: same });
} catch (_) {
  warn('the page forbids the Trusted Types policy "zhiqing"; add it to the trusted-types directive.');
}
const html = (text) => (trusted ? trusted.createHTML(text) : text);
const scriptUrl = (text) => (trusted ? trusted.createScriptURL(text) : text);
const mayGo = (element) => {
  const id = element.getAttribute('data-purpose');
  if (!purposes.has(id) && !unknown.has(id)) {
    unknown.add(id);
    warn('data-purpose="' + id + '" is no purpose of this site; what carries it stays held.');
  }
  return allows(id, element.localName === 'img' ? 'pixel' : element.localName);
};
// Runs a held script; true if the next one of its purpose has to wait for it.
const run = (held, done) => {
  const script = doc.createElement('script');
  Array.from(held.attributes).forEach((attribute) => {
    const name = attribute.name;
    if (name === 'type' || name === 'src' || name === 'data-type') return;
    if (trusted && /^on/.test(name)) script.setAttribute(name, trusted.createScript(attribute.value));
    // By its node, because markup may have names that `setAttribute` refuses.
    else script.setAttributeNode(attribute.cloneNode());
  });
  script.nonce = held.nonce;
  const type = held.getAttribute('data-type') || '';
  const src = held.getAttribute('src');
  const waits = src && !held.hasAttribute('async') && !held.hasAttribute('nomodule') && /^(module|(text|application)\/(java|ecma)script)?$/.test(type);
  if (type) script.type = type;
  if (src) {
    script.async = held.hasAttribute('async');
    script.src = scriptUrl(src);
  } else {
    script.text = trusted ? trusted.createScript(held.text) : held.text;
  }
  if (waits) {
    const timer = setTimeout(done, PATIENCE);
    const ended = () => {
      clearTimeout(timer);
      done();
    };
    // Beside the tag's own handlers.
    script.addEventListener('load', ended);
    script.addEventListener('error', ended);
  }
  released.add(script);
  held.parentNode.replaceChild(script, held);
  return waits;
};
const release = () => {
  Array.from(doc.querySelectorAll(HELD)).forEach((element) => {
    const id = element.getAttribute('data-purpose');
    if (busy.has(id) || !element.isConnected || !mayGo(element)) return;
    if (element.localName !== 'script') {
      element.setAttribute('src', element.getAttribute('data-src'));
      element.removeAttribute('data-src');
      released.add(element);
      return;
    }
    // What the page's own policy forbids is tried once, and stops nothing else.
    if (released.has(element)) return;
    released.add(element);
    let over = false;
    const done = () => {
      if (over) return;
      over = true;
      busy.delete(id);
      safely(release);
    };
    busy.add(id);
    let waits = false;
    safely(() => { waits = run(element, done); });
    if (!waits) busy.delete(id);
  });
};
// The mistakes that hold nothing back, and say nothing by themselves.
doc.addEventListener('DOMContentLoaded', () => {
  const loose = 'script[data-purpose]:not([type="text/plain"]),iframe[data-purpose][src],img[data-purpose][src]';
  Array.from(doc.querySelectorAll(loose)).filter((element) => !released.has(element)).forEach((element) => {
    const remedy = element.localName === 'script' ? 'type="text/plain"' : 'data-src in place of src';
    warn('<' + element.localName + ' data-purpose="' + element.getAttribute('data-purpose') + '"> is not held back: it needs ' + remedy + '.');
  });
});
const safely = (act) => {
  try { act(); } catch (error) { warn(error && error.message); }
};
new MutationObserver(() => {
  safely(release);
  // A page that replaces all of <html> takes our element with it.
  if (root && !root.host.isConnected) safely(mount);
}).observe(doc, { childList: true, subtree: true });
