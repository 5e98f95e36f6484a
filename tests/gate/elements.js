// What a shop loads for itself, by every way that the gate watches, and sees of it. All addresses are
// its own. Not told apart: whether a worker of text begins with 'use strict', which then stands behind
// the gate.
const rows = {};
const of = (group, ...steps) => { rows[group] = steps.map(([name, act]) => [`${group}: ${name}`, act]); };
const here = (path) => new URL(path, location.href).href;
const path = (text) => String(text).split(location.origin).join('').split(location.host).join('HOST');
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const loaded = (element) => heard(element, ['load', 'error', 'loadeddata'], ['load', 'error']);
const inPage = async (element, look) => {
  const events = loaded(element);
  document.body.appendChild(element);
  const found = [await events, path(element.outerHTML), look && await look(element)];
  element.remove();
  return found;
};
const size = (it) => [it.naturalWidth, it.complete, path(it.src), path(it.currentSrc), it.width];
const ran = () => (window.ran || []).splice(0);
const TAGS = { img: ['src', 'srcset', 'alt'], script: ['src'], iframe: ['src'], link: ['href'], a: ['href', 'ping'], area: ['href', 'ping'], source: ['src', 'srcset'], video: ['src', 'poster'], audio: ['src'], embed: ['src'], object: ['data'], input: ['src'], track: ['src'], base: ['href'], frame: ['src'] };
// The states of one attribute of one element that is in no page, through all ways to set it.
const spelled = (tag, name) => {
  const it = document.createElement(tag);
  const all = [];
  const look = () => all.push(path(it[name]), it.getAttribute(name), it.hasAttribute(name), path(it.outerHTML));
  look();
  it[name] = '/dot.svg?1'; look();
  it.setAttribute(name, '/dot.svg?2'); look();
  it.setAttribute(name.toUpperCase(), '/dot.svg?3'); look();
  it.setAttributeNS(null, name, '/dot.svg?4'); look();
  const node = document.createAttribute(name);
  node.value = '/dot.svg?5';
  all.push(it.setAttributeNode(node) !== null); look();
  node.value = '/dot.svg?6'; look();
  node.nodeValue = '/dot.svg?7'; look();
  node.textContent = '/dot.svg?8'; look();
  all.push(it.setAttributeNode(node) === node, attempt(() => document.createElement(tag).setAttributeNode(node)));
  it.attributes[name].value = ''; look();
  it.attributes.setNamedItem(Object.assign(document.createAttribute(name), { value: '/dot.svg?9' })); look();
  it.toggleAttribute(name); look();
  it[name] = null; look();
  it[name] = undefined; look();
  it.removeAttribute(name); look();
  it[name] = { toString: () => '/dot.svg?10' }; look();
  all.push(attempt(() => { it[name] = { toString() { throw new RangeError('mine'); } }; }));
  all.push(attempt(() => { it[name] = Symbol('x'); }));
  all.push(attempt(() => it.setAttribute(name)), attempt(() => it.setAttribute()), attempt(() => it.setAttribute('a b', 'c')), attempt(() => it.setAttribute('', 'c')));
  all.push(attempt(() => it.setAttributeNS(null, name)), attempt(() => it.setAttributeNS('', 'x:y', 'c')), attempt(() => it.setAttributeNode()), attempt(() => it.setAttributeNode(null)), attempt(() => it.setAttributeNode({ name: 'src' })));
  it.removeAttributeNode(it.getAttributeNode(name)); look();
  return all;
};
of('attributes', ...Object.entries(TAGS).flatMap(([tag, names]) => names.map((name) => [`${tag} ${name}`, () => spelled(tag, name)])),
  ['svg', () => { const it = document.createElementNS('http://www.w3.org/2000/svg', 'image'); it.setAttribute('href', '/dot.svg'); it.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '/dot.svg?2'); return [it.href.baseVal, it.getAttribute('xlink:href'), it.outerHTML]; }],
  ['a name of upper case in svg', () => { const it = document.createElementNS('http://www.w3.org/2000/svg', 'script'); it.setAttribute('SRC', '/dot.svg'); return it.outerHTML; }],
  ['unknown', () => { const it = document.createElement('x-shop'); it.src = '/x'; it.setAttribute('src', '/y'); it.setAttribute('href', '/z'); return [it.src, it.outerHTML]; }],
  ['mutations', async () => { const it = document.createElement('img'); const list = []; new MutationObserver((all) => list.push(...all.map((row) => [row.type, row.attributeName, row.oldValue]))).observe(it, { attributes: true, attributeOldValue: true }); it.src = '/dot.svg'; it.setAttribute('src', '/dot.svg?2'); it.setAttribute('data-src', 'x'); it.srcset = '/dot.svg 2x'; await pause(10); return list; }],
  ['a custom element', () => { const list = []; const tag = 'shop-piece' + performance.now().toString().replace('.', '-'); customElements.define(tag, class extends HTMLElement { static get observedAttributes() { return ['src']; } attributeChangedCallback(...given) { list.push(given.slice(0, 3)); } }); const it = document.createElement(tag); it.setAttribute('src', '/a'); it.setAttribute('src', '/b'); return list.concat([it.getAttributeNames()]); }],
  ['data-src of the page', () => { const it = make('img', { src: '/dot.svg' }); it.dataset.src = '/other'; it.src = '/dot.svg?2'; return [it.dataset.src, path(it.src)]; }]);

of('elements',
  ['picture', () => inPage(make('img', { src: '/dot.svg' }), size)],
  ['picture that is none', () => inPage(make('img', { src: '/ok.json' }), size)],
  ['picture that is not there', () => inPage(make('img', { src: '/none.png' }), size)],
  ['picture without an address', () => inPage(make('img', { src: '' }), size)],
  ['new Image', async () => { const it = new Image(30, 20); const events = loaded(it); it.src = '/dot.svg'; return [await events, size(it), it.height, path(it.outerHTML), it.constructor === HTMLImageElement, attempt(() => Image())]; }],
  ['onload before and after', async () => { const it = new Image(); const list = []; it.onload = () => list.push('load'); it.src = '/dot.svg?o'; it.src = '/dot.svg?p'; await pause(200); it.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='; await pause(100); return [list, size(it).slice(0, 2)]; }],
  ['decode', async () => { const it = new Image(); it.src = '/dot.svg'; await it.decode(); return [it.complete, await (it.src = '/none', it.decode()).catch(told)]; }],
  ['srcset', () => inPage(make('img', { srcset: '/dot.svg?1 1x, /dot.svg?2 2x', sizes: '10px' }), (it) => [it.srcset, path(it.currentSrc), it.src])],
  ['picture with sources', async () => { const it = make('picture', { innerHTML: '<source srcset="/dot.svg?s 1x, /dot.svg?t 9x" type="image/svg+xml"><img src=/dot.svg>' }); const events = loaded(it.lastChild); document.body.appendChild(it); const found = [await events, path(it.lastChild.currentSrc), it.outerHTML]; it.remove(); return found; }],
  ['lazy picture', () => inPage(make('img', { loading: 'lazy', src: '/dot.svg?lazy' }), size)],
  ['Audio', async () => { const it = new Audio('/ok.json'); const found = [path(it.src), it.preload, it.outerHTML.replace(location.origin, ''), it instanceof HTMLAudioElement, it.constructor === HTMLAudioElement, new Audio().outerHTML, attempt(() => Audio('/x')), it.networkState]; found.push(await heard(it, ['error'], ['error']), it.error && it.error.code); return found; }],
  ['video', async () => { const it = make('video', { poster: '/dot.svg', src: '/ok.json' }); return [await heard(it, ['error'], ['error']), path(it.poster), path(it.currentSrc), it.error.code]; }],
  ['script', () => inPage(make('script', { src: '/a.js' }), ran)],
  ['script that is not there', () => inPage(make('script', { src: '/none.js' }), ran)],
  ['script of text', () => { const it = make('script', { text: "(window.ran = window.ran || []).push('text')" }); document.body.appendChild(it); it.remove(); return ran(); }],
  ['scripts in order', async () => { const all = ['/b.js', '/a.js', '/b.js?2'].map((src) => document.body.appendChild(make('script', { async: false, src }))); await Promise.all(all.map(loaded)); all.forEach((it) => it.remove()); return ran(); }],
  ['module', () => inPage(make('script', { type: 'module', src: '/module.js?' + (window.modules = (window.modules || 0) + 1) }), ran).then((row) => [row[0], row[2]])],
  ['import', async () => (await import('/dep-module.js')).dep],
  ['script by a fragment', async () => { const range = document.createRange(); range.selectNode(document.body); const piece = range.createContextualFragment('<script src=/a.js></' + 'script>'); const it = piece.firstChild; const events = loaded(it); document.body.appendChild(piece); const found = [await events, ran()]; it.remove(); return found; }],
  ['script by innerHTML stays', async () => { const it = make('div', { innerHTML: '<script src=/a.js></' + 'script>' }); document.body.appendChild(it); await pause(100); it.remove(); return ran(); }],
  ['style sheet', () => inPage(make('link', { rel: 'stylesheet', href: '/style.css' }), (it) => [getComputedStyle(document.querySelector('p')).color, it.sheet.cssRules.length, path(it.sheet.href)])],
  ['style sheet that is not there', () => inPage(make('link', { rel: 'stylesheet', href: '/none.css' }))],
  ['preload', () => inPage(make('link', { rel: 'preload', as: 'image', href: '/dot.svg' }))],
  ['object and embed', async () => [await inPage(make('object', { data: '/dot.svg', type: 'image/svg+xml' })), await inPage(make('embed', { src: '/dot.svg', type: 'image/svg+xml' }))]],
  ['a frame', () => inPage(make('iframe', { src: '/inner.html' }), (it) => [it.contentDocument.title, path(it.contentWindow.location), it.contentWindow.document === it.contentDocument, it.contentWindow === frames[frames.length - 1], it.contentWindow.frameElement === it])],
  ['a frame talks', () => inPage(make('iframe', { src: '/inner.html' }), async (it) => { const answer = new Promise((done) => addEventListener('message', done, { once: true })); it.contentWindow.postMessage({ a: 1 }, '*'); const event = await answer; return [event.data, event.origin === location.origin, event.source === it.contentWindow]; })],
  ['a frame of text', () => inPage(make('iframe', { srcdoc: '<p id=x>hello &amp; <img src=/dot.svg></p>' }), (it) => [it.contentDocument.body.innerHTML, it.srcdoc, it.contentWindow.location.href])],
  ['an empty frame', async () => { const it = document.body.appendChild(document.createElement('iframe')); const view = it.contentWindow; const found = [view.location.href, it.contentDocument.readyState, view.document.body.innerHTML, view.Array !== Array, view.fetch !== fetch, view.fetch.name, String(view.fetch), view.eval('1 + 1'), view instanceof view.Window, await view.fetch(here('/ok.json')).then((answer) => answer.status), view.localStorage.length === localStorage.length]; view.document.write('<b>written</b>'); view.document.close(); found.push(it.contentDocument.body.innerHTML); it.remove(); found.push(it.contentWindow, it.contentDocument); return found; }],
  ['a frame of another origin', async () => { const it = make('iframe', { sandbox: 'allow-scripts', src: '/inner.html' }); const events = loaded(it); document.body.appendChild(it); const found = [await events, it.contentDocument, attempt(() => it.contentWindow.document) === undefined, attempt(() => it.contentWindow.localStorage).replace(/origin ".*?"/, 'origin'), typeof it.contentWindow.postMessage]; it.remove(); return found; }],
  ['a link', () => { const it = make('a', { href: '/x?y#z', ping: '/ok.json' }); return [path(it.href), it.pathname, it.search, it.ping, path(String(it))]; }],
  ['a clicked ping', async () => { const it = make('a', { href: '#shop', ping: '/ok.json' }); document.body.appendChild(it).click(); it.remove(); await pause(50); const found = location.hash; history.replaceState(null, '', '/'); return found; }],
  ['a form', () => { const it = make('form', { action: '/x', innerHTML: '<input name=src><input name=data type=image src=/dot.svg>' }); return [path(it.action), it.src.name, it.outerHTML]; }]);

const MARK = '<p data-x=\'1\' title="src=/a">t<img src="/dot.svg?i" alt=\'src="/x"\'><a href=/y>y</a><svg><image href=/dot.svg /></svg><!-- <img src=/z> --></p>';
const inside = (act) => () => { const it = document.createElement('div'); const gave = act(it); return [gave === undefined ? null : gave, it.outerHTML]; };
of('markup',
  ['what the page wrote', () => [...document.querySelectorAll('.parsed')].map((it) => it.outerHTML).concat(RAN)],
  ['innerHTML', inside((it) => (it.innerHTML = MARK))],
  ['innerHTML of what is no text', inside((it) => { const all = []; for (const value of [null, undefined, 5, true, ['<b>', '</b>'], { toString: () => '<i>x' }]) { it.innerHTML = value; all.push(it.innerHTML); } return all; })],
  ['innerHTML that throws', inside((it) => attempt(() => { it.innerHTML = { toString() { throw new RangeError('mine'); } }; }))],
  ['innerHTML of a symbol', inside((it) => attempt(() => { it.innerHTML = Symbol('x'); }))],
  ['outerHTML', inside((it) => { it.appendChild(document.createElement('b')).outerHTML = MARK; })],
  ['outerHTML of nothing', () => attempt(() => { document.documentElement.outerHTML = ''; document.createElement('p').outerHTML = '<b>'; })],
  ['insertAdjacentHTML', inside((it) => { for (const where of ['beforeend', 'AfterBegin']) it.insertAdjacentHTML(where, MARK); return [attempt(() => it.insertAdjacentHTML('here', 'x')), attempt(() => it.insertAdjacentHTML('beforeend')), attempt(() => it.insertAdjacentHTML('beforebegin', 'x')), attempt(() => it.insertAdjacentHTML())]; })],
  ['setHTMLUnsafe', inside((it) => attempt(() => it.setHTMLUnsafe(MARK)))],
  ['setHTMLUnsafe of nothing', inside((it) => attempt(() => it.setHTMLUnsafe()))],
  ['setHTML', inside((it) => (it.setHTML ? attempt(() => it.setHTML(MARK)) : 'none'))],
  ['parseHTMLUnsafe', () => attempt(() => Document.parseHTMLUnsafe(MARK).body.innerHTML)],
  ['parser', () => [new DOMParser().parseFromString(MARK, 'text/html').body.innerHTML, attempt(() => new DOMParser().parseFromString('<a src="/x"/>', 'text/xml').documentElement.outerHTML), attempt(() => new DOMParser().parseFromString('x', 'text/none')), attempt(() => new DOMParser().parseFromString('x')), attempt(() => new DOMParser().parseFromString())]],
  ['a fragment', () => { const range = document.createRange(); range.selectNode(document.body); return [attempt(() => range.createContextualFragment()), [...range.createContextualFragment(MARK).childNodes].map((it) => it.outerHTML)]; }],
  ['a template', () => { const it = document.createElement('template'); it.innerHTML = MARK + '<tr><td>cell'; return [it.innerHTML, it.content.childNodes.length, document.importNode(it.content, true).textContent]; }],
  ['a shadow root', () => { const it = document.createElement('div').attachShadow({ mode: 'open' }); it.innerHTML = MARK; const found = it.innerHTML; it.setHTMLUnsafe && it.setHTMLUnsafe('<b>x'); return [found, it.innerHTML]; }],
  ['a table', () => { const it = document.createElement('tbody'); it.innerHTML = '<tr><td background=/x><img src=/dot.svg>'; return it.innerHTML; }],
  ['svg', () => { const it = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); it.innerHTML = '<image href="/dot.svg"/><a xlink:href="/x"><text>t</text></a>'; return [it.outerHTML, it.firstChild.namespaceURI]; }],
  ['xml', () => { const it = new DOMParser().parseFromString('<r/>', 'text/xml'); it.documentElement.innerHTML = '<a src="/x"/>'; return [it.documentElement.outerHTML, attempt(() => { it.documentElement.innerHTML = '<a src=x>'; }), attempt(() => it.write('x'))]; }],
  ['text area and style', () => { const it = document.createElement('textarea'); it.innerHTML = '<img src=/a> src="/b"'; const style = document.createElement('style'); style.innerHTML = 'p { content: "src=/x" }'; const script = document.createElement('script'); script.innerHTML = "var src='/x'; 1 < 2"; return [it.value, style.textContent, script.text]; }],
  ['srcdoc', () => { const it = document.createElement('iframe'); it.srcdoc = MARK; const first = it.getAttribute('srcdoc'); it.setAttribute('SRCDOC', MARK + 1); return [first, it.srcdoc]; }],
  ['write to another document', () => { const it = document.implementation.createHTMLDocument('x'); const frame = document.body.appendChild(document.createElement('iframe')); const inner = frame.contentDocument; inner.open(); inner.write('<p>a', '<b src=/x>b</b>', 5, null); inner.writeln('</p>'); inner.write(); inner.close(); const found = inner.documentElement.outerHTML; frame.remove(); return [found, attempt(() => it.write('x')), attempt(() => Document.prototype.write.call({}, 'x'))]; }],
  ['a handler', () => { window.handled = 0; const it = make('div', { innerHTML: '<b onclick="handled = 1; this.title = \'src=/x\'">x' }); it.firstChild.click(); return [handled, it.innerHTML]; }]);

const blob = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
const answer = (worker, say) => new Promise((done) => { worker.onmessage = (event) => done(event.data); worker.onerror = (event) => { event.preventDefault(); done(['error', event instanceof ErrorEvent]); }; if (say !== undefined) worker.postMessage(say); });
const worked = async (worker, say) => { const found = await answer(worker, say); worker.terminate(); return found; };
of('workers',
  ['of a file', () => worked(new Worker('/worker.js'), 'hi')],
  ['of a URL', () => worked(new Worker(new URL('/worker.js', location.href), { name: 'shop' }), 'hi')],
  ['of a file, as a module', () => worked(new Worker('/worker-module.js', { type: 'module' }), 'hi')],
  ['of a file that is not there', () => worked(new Worker('/none.js'))],
  ['of text', () => worked(new Worker(blob("onmessage = (event) => postMessage([event.data, typeof window, self.name, this === self, typeof importScripts])"), { name: 'shop' }), 'hi')],
  ['of text, as a module', () => worked(new Worker(blob("import '" + here('/dep.js') + "'; postMessage([typeof this, self.dep, typeof importScripts])"), { type: 'module' }))],
  ['of text, given up at once', () => { const address = blob("postMessage('here')"); const worker = new Worker(address); URL.revokeObjectURL(address); return worked(worker); }],
  ['of data', () => worked(new Worker('data:text/javascript,postMessage(1)'))],
  ['text with an error', () => worked(new Worker(blob('}{')))],
  ['text that declares', () => worked(new Worker(blob("const config = 1, given = 2, page = 3; let judge = 4; var doc = 5; function call() {} class zhiqing {} postMessage([config, given, page, judge, doc, typeof call, typeof zhiqing])")))],
  ['stored, sent and fetched there', () => worked(new Worker(blob(`(async () => { const request = indexedDB.open('shop-worker'); await new Promise((done) => request.onsuccess = done); request.result.close(); indexedDB.deleteDatabase('shop-worker'); const cache = await caches.open('shop-worker'); await caches.delete('shop-worker'); const it = new XMLHttpRequest(); it.open('GET', '${here('/ok.json')}', false); it.send(); importScripts('${here('/dep.js')}'); postMessage([(await fetch('${here('/ok.json')}')).status, it.status, dep, String(fetch), fetch.name, typeof zhiqing, Object.keys(self).length > 0]); })()`)))],
  ['location there', async () => { const found = await worked(new Worker(blob('postMessage([location.protocol, location.origin, self.origin])'))); return [found[0], found[1] === location.origin, found[2] === location.origin]; }],
  ['one in another', () => worked(new Worker(blob(`const inner = new Worker(URL.createObjectURL(new Blob(["postMessage('inner')"]))); inner.onmessage = (event) => postMessage(event.data)`)))],
  ['ended', async () => { const worker = new Worker(blob("setInterval(() => postMessage(1), 20)")); await answer(worker); worker.terminate(); let more = 0; worker.onmessage = () => more++; await pause(120); return more; }],
  ['what is said early comes', () => { const worker = new Worker(blob('onmessage = (event) => postMessage(event.data)')); worker.postMessage('early'); return worked(worker); }],
  ['handed over', async () => { const worker = new Worker(blob('onmessage = (event) => postMessage(event.data.byteLength)')); const buffer = new ArrayBuffer(8); worker.postMessage(buffer, [buffer]); return [await worked(worker), buffer.byteLength]; }],
  ['wrong', () => [attempt(() => new Worker()), attempt(() => Worker('/worker.js')), attempt(() => new Worker('http://[')), attempt(() => new Worker('/worker.js', { type: 'x' }))]],
  ['class', () => { class Mine extends Worker {} const it = new Mine('/worker.js'); const found = [it instanceof Mine, it.constructor.name, new Worker('/worker.js').constructor === Worker, Object.prototype.toString.call(it)]; it.terminate(); return found; }],
  ['shared', () => attempt(() => { const it = new SharedWorker(blob("onconnect = (event) => event.ports[0].postMessage('shared')")); it.port.start(); return new Promise((done) => { it.port.onmessage = (event) => done(event.data); it.onerror = () => done('error'); }); })],
  ['addresses of blobs', async () => { const address = URL.createObjectURL(new File(['hello'], 'x.txt', { type: 'text/plain' })); const found = [address.startsWith('blob:' + location.origin), await (await fetch(address)).text(), URL.revokeObjectURL(address), await fetch(address).catch(told), attempt(() => URL.createObjectURL()), attempt(() => URL.createObjectURL({})), attempt(() => URL.createObjectURL(null)), URL.revokeObjectURL('x'), attempt(() => URL.revokeObjectURL())]; return found; }],
  ['a picture of a blob', async () => { const address = URL.createObjectURL(new Blob(["<svg xmlns='http://www.w3.org/2000/svg' width='4' height='1'/>"], { type: 'image/svg+xml' })); const it = new Image(); const events = loaded(it); it.src = address; return [await events, it.naturalWidth, it.src === address]; }],
  ['media', () => URL.createObjectURL(new MediaSource()).startsWith('blob:')]);
export const go = (group) => observe(rows[group]);
