// ---- Tags that are held back ---------------------------------------------------------------

// Tags the page holds back for us: `<script type="text/plain" data-purpose>`, and what has `data-src`
// in place of `src` (or `data-srcset` and so on) beside `data-purpose`; what the gate held looks the
// same. Each is let go once, in the order of the document. Within a purpose, a script of the first
// form that loads from elsewhere is waited for, because the next one may need it; not for ever,
// because it may never come.
const HELD = ATTRIBUTES.map((name) => '[data-purpose][data-' + name + ']').concat('script[type="text/plain"][data-purpose]').join();
const PATIENCE = 10000;
const busy = new Set();
const released = new WeakSet();
const unknown = new Set([NOBODY]);
const mayGo = (element) => {
  const id = element.getAttribute('data-purpose');
  if (!purposes.has(id) && !unknown.has(id)) {
    unknown.add(id);
    warn('no such purpose: data-purpose="' + id + '"');
  }
  return allows(id, wayOf(element.localName));
};
// Runs a held script, as a new element: one that came by `innerHTML` never starts. True if the next
// one of its purpose has to wait for it.
const run = (held, done) => {
  const script = doc.createElement('script');
  const type = held.getAttribute('data-type') || '';
  const src = held.getAttribute('src');
  Array.from(held.attributes).forEach((attribute) => {
    const name = attribute.name;
    if (/^(type|src|data-type)$/.test(name)) return;
    if (trusted && /^on/.test(name)) script.setAttribute(name, trusted.createScript(attribute.value));
    // By its node, because markup may have names that `setAttribute` refuses.
    else script.setAttributeNode(attribute.cloneNode());
  });
  script.nonce = held.nonce;
  script.async = held.hasAttribute('async');
  if (type) script.type = type;
  if (src) call(put, script, ['src', scriptUrl(src)]);
  else script.text = trusted ? trusted.createScript(held.text) : held.text;
  const waits = src && !script.async && !script.noModule && /^(module|(text|application)\/(java|ecma)script)?$/.test(type);
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
  held.parentNode.replaceChild(script, held);
  return waits;
};
const release = () => {
  Array.from(doc.querySelectorAll(HELD)).forEach((element) => {
    const id = element.getAttribute('data-purpose');
    if (busy.has(id) || !element.isConnected || !mayGo(element)) return;
    ATTRIBUTES.forEach((name) => {
      const value = element.getAttribute('data-' + name);
      if (value === null) return;
      // Its purpose is told; another's address it may not be.
      const by = heldBy(element.localName, name, value);
      if (by && by !== NOBODY) return;
      element.removeAttribute('data-' + name);
      call(put, element, [name, element.localName === 'script' ? scriptUrl(value) : value]);
    });
    // What the page's own policy forbids is tried once, and stops nothing else.
    if (element.type !== 'text/plain' || element.localName !== 'script' || released.has(element)) return;
    released.add(element);
    let over = false;
    const done = () => {
      if (over) return;
      over = true;
      busy.delete(id);
      safely(release);
    };
    busy.add(id);
    if (!safely(() => run(element, done))) busy.delete(id);
  });
};
new MutationObserver(() => {
  safely(release);
  // A page that replaces all of <html> takes our element with it.
  if (root && !root.host.isConnected) safely(mount);
}).observe(doc, { childList: true, subtree: true });
