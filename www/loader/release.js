// Tags that are held back: `<script type="text/plain" data-purpose>`, and what has `data-src` in place
// of `src` (or `data-srcset` and so on) beside `data-purpose`. Those of the page and those that the gate
// held look the same. Each is let go once, in the order of the document. Within a purpose, a script of
// the first form that loads from elsewhere is waited for, because the next one may need it; not for
// ever, because it may never come.
zqModule.release = (host) => {
  const PATIENCE = 10000;
  // The same as in www/guard/loads.js.
  const ATTRIBUTES = ['src', 'srcset', 'href', 'data', 'poster', 'ping'];
  const busy = new Set();
  const released = new WeakSet();

  const set = (element, name, value) => {
    const script = element.localName === 'script';
    // One that came by markup had an order; what has no address when it comes into a page loses it.
    if (script && !element.hasAttribute('async')) element.async = false;
    Reflect.apply(host.put, element, [name, script ? host.trusted.createScriptURL(value) : value]);
  };

  // Whether another purpose's address stands in the way. What only this tag declares is declared.
  const foreign = (element, name, value) => {
    const by = host.heldBy(element.localName, name, value);
    return by && host.state().purposes[by];
  };

  // Runs a held script, as a new element: one that came by `innerHTML` never starts. True if the next
  // one of its purpose has to wait for it.
  const run = (held, done) => {
    const script = document.createElement('script');
    const type = held.getAttribute('data-type') || '';
    const src = held.getAttribute('src');
    Array.from(held.attributes).forEach((attribute) => {
      const name = attribute.name;
      if (name === 'type' || name === 'src' || name === 'data-type') return;
      if (name.startsWith('on')) script.setAttribute(name, host.trusted.createScript(attribute.value));
      // By its node, because markup may have names that `setAttribute` refuses.
      else script.setAttributeNode(attribute.cloneNode());
    });
    script.nonce = held.nonce;
    script.async = held.hasAttribute('async');
    if (type) script.type = type;
    if (src) set(script, 'src', src);
    else script.text = host.trusted.createScript(held.text);
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
    held.replaceWith(script);
    return waits;
  };

  const letGo = (element) => {
    const id = element.getAttribute('data-purpose');
    if (busy.has(id) || !element.isConnected || !host.allows(id, host.wayOf(element.localName))) return;
    ATTRIBUTES.forEach((name) => {
      const value = element.getAttribute('data-' + name);
      if (value === null || foreign(element, name, value)) return;
      element.removeAttribute('data-' + name);
      set(element, name, value);
    });
    if (element.localName !== 'script' || element.type !== 'text/plain' || released.has(element)) return;
    if (foreign(element, 'src', element.getAttribute('src') || '')) return;
    // What the page's own policy forbids is tried once, and stops nothing else.
    released.add(element);
    let over = false;
    const done = () => {
      if (over) return;
      over = true;
      busy.delete(id);
      release();
    };
    busy.add(id);
    let waits = false;
    try { waits = run(element, done); } catch (error) { host.warn(error.message); }
    if (!waits) busy.delete(id);
  };
  // Elements of a page and of what it holds: open shadow roots, frames of this origin.
  const within = (place) => {
    place.querySelectorAll('[data-purpose]').forEach(letGo);
    place.querySelectorAll('*').forEach((element) => {
      if (element.shadowRoot) within(element.shadowRoot);
      if (element.localName === 'iframe') {
        // Another origin's lets nobody in.
        try { within(element.contentDocument); } catch (_) { /* */ }
      }
    });
  };
  // After a change of the page only what came into it is looked at: pages change all the time. Where much
  // came at once, one search of the place to which it came is far quicker than one of each node.
  const MANY = 16;
  const release = (changes) => {
    if (!changes) return within(document);
    const places = new Set();
    changes.forEach((change) => {
      if (changes.length > MANY || change.addedNodes.length > MANY) return places.add(change.target);
      change.addedNodes.forEach((node) => {
        if (node.nodeType !== 1) return;
        if (node.hasAttribute('data-purpose')) letGo(node);
        if (node.firstElementChild) node.querySelectorAll('[data-purpose]').forEach(letGo);
      });
    });
    places.forEach((place) => place.querySelectorAll('[data-purpose]').forEach(letGo));
  };
  return release;
};

// The mistakes that hold nothing back, or for ever, and say nothing by themselves.
zqModule.mistakes = (host) => {
  if (host.late) host.warn('must be first in <head>, neither defer nor module.');
  const known = host.state().purposes;
  const told = new Set(['-']);
  document.querySelectorAll('[data-purpose]').forEach((element) => {
    const id = element.getAttribute('data-purpose');
    const name = element.localName;
    if (!(id in known) && !told.has(id)) {
      told.add(id);
      host.warn(`data-purpose="${id}" is no purpose of this site; what carries it stays held.`);
    }
    const loose = name === 'script' ? element.type !== 'text/plain' && !element.dataset.src : /^(iframe|img)$/.test(name) && element.hasAttribute('src') && !element.dataset.src;
    if (loose) {
      const remedy = name === 'script' ? 'type="text/plain"' : 'data-src in place of src';
      host.warn(`<${name} data-purpose="${id}"> is not held back: it needs ${remedy}.`);
    }
  });
};
