// Every way in that the gate knows, as a tracker would go it: [technology, name, go]. `go` is given an
// address of the collector, or a key, and gives a promise of when it is done.
//
// Loaded by the pages of tests/matrix.rs after the guard, or without one, which is the control.
(() => {
  'use strict';
  const body = () => document.body;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const event = (target, ...names) =>
    Promise.race([pause(700)].concat(names.map((name) => new Promise((done) => target.addEventListener(name, done)))));
  const inText = (html) => {
    const div = document.createElement('div');
    body().appendChild(div);
    div.innerHTML = html;
  };
  const markup = (tag, address, name = 'src') => `<${tag} ${name}="${address}"></${tag}>`;
  const frame = () => {
    const frame = document.createElement('iframe');
    body().appendChild(frame);
    return frame.contentWindow;
  };
  // Runs `code` in a worker made of text; it calls `done()`.
  const worker = (code, options) => {
    const text = `const done = () => postMessage(0); try { ${code} } catch (_) { done(); }`;
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const worker = new Worker(address, options);
    URL.revokeObjectURL(address);
    return event(worker, 'message', 'error');
  };
  const quietly = (promise) => promise.catch(() => {});
  const asked = (request) => event(request, 'success', 'error');
  const attribute = (tag, name, address) => {
    const element = document.createElement(tag);
    element.setAttribute(name, address);
    return element;
  };
  const property = (tag, name, address) => Object.assign(document.createElement(tag), { [name]: address });
  const node = (address) => {
    const attribute = document.createAttribute('src');
    attribute.value = address;
    return attribute;
  };
  const parsed = (html) => new DOMParser().parseFromString(html, 'text/html').body.firstChild;
  const fragment = (html) => {
    const range = document.createRange();
    range.selectNode(body());
    return range.createContextualFragment(html);
  };
  const written = (html) => {
    const inner = frame().document;
    inner.open();
    inner.write(html);
    inner.close();
  };

  window.ways = [
    ['request', 'fetch', (address) => quietly(fetch(address, { mode: 'no-cors' }))],
    ['request', 'fetch a Request', (address) => quietly(fetch(new Request(address, { mode: 'no-cors' })))],
    ['request', 'fetch a URL', (address) => quietly(fetch(new URL(address), { method: 'POST', body: 'x', mode: 'no-cors' }))],
    ['request', 'fetch of a frame', (address) => quietly(frame().fetch(address, { mode: 'no-cors' }))],
    ['request', 'fetch in a worker', (address) => worker(`fetch('${address}', { mode: 'no-cors' }).then(done, done)`)],
    ['request', 'fetch in a module worker', (address) => worker(`fetch('${address}', { mode: 'no-cors' }).then(done, done)`, { type: 'module' })],
    ['request', 'fetch in a worker of a worker', (address) => worker(`const a = URL.createObjectURL(new Blob(["fetch('${address}', { mode: 'no-cors' }).then(() => postMessage(0), () => postMessage(0))"])); new Worker(a).onmessage = done`)],
    ['request', 'XMLHttpRequest', (address) => {
      const request = new XMLHttpRequest();
      request.open('POST', address);
      request.setRequestHeader('Content-Type', 'text/plain');
      request.send('x');
      return event(request, 'loadend');
    }],
    ['request', 'XMLHttpRequest that blocks', async (address) => {
      const request = new XMLHttpRequest();
      request.open('GET', address, false);
      try { request.send(); } catch (_) { /* no CORS */ }
    }],
    ['request', 'XMLHttpRequest in a worker', (address) => worker(`const r = new XMLHttpRequest(); r.onloadend = done; r.open('GET', '${address}'); r.send()`)],
    ['request', 'WebSocket', (address) => event(new WebSocket(address.replace('http', 'ws')), 'close', 'error')],
    ['request', 'WebSocket by the constructor of another', (address) => {
      const other = new WebSocket('ws://0.invalid/');
      return event(new other.constructor(address.replace('http', 'ws')), 'close', 'error');
    }],
    ['request', 'EventSource', (address) => {
      const source = new EventSource(address);
      return event(source, 'error', 'open').then(() => source.close());
    }],
    ['request', 'EventSource in a worker', (address) => worker(`const s = new EventSource('${address}'); s.onerror = s.onopen = () => { s.close(); done(); }`)],
    ['request', 'link by property', (address) => body().appendChild(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address }))],
    ['request', 'link by attribute', (address) => {
      const link = attribute('link', 'rel', 'preload');
      link.setAttribute('as', 'image');
      link.setAttribute('HREF', address);
      return body().appendChild(link);
    }],
    ['request', 'link by innerHTML', (address) => inText(`<link rel=stylesheet href=${address}>`)],

    ['beacon', 'sendBeacon', (address) => navigator.sendBeacon(address, 'x')],
    ['beacon', 'sendBeacon of a frame', (address) => frame().navigator.sendBeacon(address, 'x')],
    ['beacon', 'ping', (address) => {
      const link = Object.assign(document.createElement('a'), { href: '#ping', ping: address });
      body().appendChild(link).click();
    }],

    ['pixel', 'Image', (address) => { new Image().src = address; }],
    ['pixel', 'Image of a frame', (address) => { new (frame().Image)().src = address; }],
    ['pixel', 'img by property', (address) => body().appendChild(property('img', 'src', address))],
    ['pixel', 'img by attribute', (address) => body().appendChild(attribute('img', 'src', address))],
    ['pixel', 'img by attribute with a namespace', (address) => {
      const img = document.createElement('img');
      img.setAttributeNS(null, 'src', address);
      body().appendChild(img);
    }],
    ['pixel', 'img by an attribute node', (address) => {
      const img = document.createElement('img');
      img.setAttributeNode(node(address));
      body().appendChild(img);
    }],
    ['pixel', 'img by the value of its attribute', (address) => {
      const img = attribute('img', 'src', 'data:,');
      img.attributes.src.value = address;
      body().appendChild(img);
    }],
    ['pixel', 'srcset by property', (address) => body().appendChild(property('img', 'srcset', address))],
    ['pixel', 'srcset by attribute', (address) => body().appendChild(attribute('img', 'srcset', `${address} 1x`))],
    ['pixel', 'srcset, the second with no space before', (address) => body().appendChild(property('img', 'srcset', `/own.gif 1x,${address} 2x`))],
    ['pixel', 'source of a picture', (address) => inText(`<picture><source srcset="${address}"><img src="data:,"></picture>`)],
    ['pixel', 'img by innerHTML', (address) => inText(markup('img', address))],
    ['pixel', 'img by innerHTML, without quotes', (address) => inText(`<IMG/SRC=${address}>`)],
    ['pixel', 'img by innerHTML, with entities', (address) => inText(markup('img', address.replace(':', '&#58;').replace('/c/', '&sol;c&#x2f;')))],
    ['pixel', 'img by innerHTML of what is in no page', (address) => { document.createElement('div').innerHTML = markup('img', address); }],
    ['pixel', 'img by innerHTML of a template', (address) => {
      const template = document.createElement('template');
      template.innerHTML = markup('img', address);
      body().appendChild(document.importNode(template.content, true));
    }],
    ['pixel', 'img by outerHTML', (address) => {
      body().appendChild(document.createElement('i')).outerHTML = markup('img', address);
    }],
    ['pixel', 'img by insertAdjacentHTML', (address) => body().insertAdjacentHTML('beforeend', markup('img', address))],
    ['pixel', 'img by a shadow root', (address) => {
      body().appendChild(document.createElement('div')).attachShadow({ mode: 'open' }).innerHTML = markup('img', address);
    }],
    ['pixel', 'img by a Range', (address) => body().appendChild(fragment(markup('img', address)))],
    ['pixel', 'img by a DOMParser', (address) => body().appendChild(parsed(markup('img', address)))],
    ['pixel', 'img by a document of its own', (address) => {
      const other = document.implementation.createHTMLDocument('');
      other.body.innerHTML = markup('img', address);
      body().appendChild(other.body.firstChild);
    }],
    ['pixel', 'img by document.write', (address) => written(markup('img', address))],
    ['pixel', 'img by srcdoc', (address) => body().appendChild(property('iframe', 'srcdoc', markup('img', address)))],
    ['pixel', 'img by srcdoc as an attribute', (address) => body().appendChild(attribute('iframe', 'srcdoc', markup('img', address)))],
    ['pixel', 'poster', (address) => body().appendChild(property('video', 'poster', address))],
    ['pixel', 'video', (address) => body().appendChild(Object.assign(property('video', 'src', address), { preload: 'auto' }))],
    ['pixel', 'input', (address) => body().appendChild(Object.assign(document.createElement('input'), { type: 'image', src: address }))],

    ['script', 'script by property', (address) => body().appendChild(property('script', 'src', address))],
    ['script', 'script by attribute', (address) => body().appendChild(attribute('script', 'src', address))],
    ['script', 'script that is in the page before its address', (address) => { body().appendChild(document.createElement('script')).src = address; }],
    ['script', 'script by document.write', (address) => written(markup('script', address))],
    ['script', 'script by a Range', (address) => body().appendChild(fragment(markup('script', address)))],
    ['script', 'script in a frame', (address) => {
      const inner = frame().document;
      const script = inner.createElement('script');
      script.src = address;
      inner.body.appendChild(script);
    }],
    ['script', 'importScripts in a worker', (address) => worker(`importScripts('${address}'); done()`)],

    ['iframe', 'iframe by property', (address) => body().appendChild(property('iframe', 'src', address))],
    ['iframe', 'iframe by attribute', (address) => body().appendChild(attribute('iframe', 'src', address))],
    ['iframe', 'iframe that is in the page before its address', (address) => { body().appendChild(document.createElement('iframe')).src = address; }],
    ['iframe', 'iframe by innerHTML', (address) => inText(markup('iframe', address))],
    ['iframe', 'iframe by document.write', (address) => written(markup('iframe', address))],
    ['iframe', 'embed', (address) => body().appendChild(property('embed', 'src', address))],
    ['iframe', 'object', (address) => body().appendChild(property('object', 'data', address))],

    ['cookie', 'cookie', (key) => { document.cookie = `${key}=1; Path=/`; }],
    ['cookie', 'cookie of a frame', (key) => { frame().document.cookie = `${key}=1; Path=/`; }],
    ['cookie', 'cookieStore', (key) => cookieStore.set(key, '1')],
    ['cookie', 'cookieStore with an object', (key) => cookieStore.set({ name: key, value: '1' })],
    ['local_storage', 'setItem', (key) => localStorage.setItem(key, '1')],
    ['local_storage', 'property', (key) => { localStorage[key] = '1'; }],
    ['local_storage', 'definition', (key) => Object.defineProperty(localStorage, key, { value: '1', configurable: true, enumerable: true, writable: true })],
    ['local_storage', 'setItem of the class', (key) => Storage.prototype.setItem.call(localStorage, key, '1')],
    ['local_storage', 'setItem of a frame', (key) => frame().localStorage.setItem(key, '1')],
    ['local_storage', 'property of a frame', (key) => { frame().localStorage[key] = '1'; }],
    ['session_storage', 'setItem', (key) => sessionStorage.setItem(key, '1')],
    ['session_storage', 'property', (key) => { sessionStorage[key] = '1'; }],
    ['session_storage', 'setItem of a frame', (key) => frame().sessionStorage.setItem(key, '1')],
    ['indexed_db', 'indexedDB', (key) => asked(indexedDB.open(key, 1))],
    ['indexed_db', 'indexedDB of a frame', (key) => asked(frame().indexedDB.open(key, 1))],
    ['indexed_db', 'indexedDB in a worker', (key) => worker(`const r = indexedDB.open('${key}', 1); r.onsuccess = r.onerror = done`)],
    ['indexed_db', 'caches', (key) => quietly(caches.open(key))],
    ['indexed_db', 'caches in a worker', (key) => worker(`caches.open('${key}').then(done, done)`)]
  ];

  // Goes every way, one after the other; errors are told, because the page must see none.
  window.goAll = async (address, key) => {
    const errors = [];
    for (let at = 0; at < ways.length; at++) {
      const [technology, name, go] = ways[at];
      const isKey = /cookie|_/.test(technology);
      try {
        await go(isKey ? `${key}_${at}` : `${address}${at}`);
      } catch (error) {
        errors.push(`${technology}, ${name}: ${error}`);
      }
    }
    await pause(600);
    return errors;
  };
})();
