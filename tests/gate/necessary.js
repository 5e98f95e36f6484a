// What a shop does for itself, with everything that the gate watches, and sees of it. The names of all
// it keeps begin with `shop`; all addresses are its own. Not told apart: how often an object is asked
// for its text, of which the gate judges one and the browser takes the next.
const list = (names) => names.split(' ');
const rows = {};
const of = (group, ...steps) => { rows[group] = steps.map(([name, act]) => [`${group}: ${name}`, act]); };
const cookies = () => document.cookie.split('; ').filter((pair) => pair.startsWith('shop')).sort();
const cookieRow = (name, text) => [name, () => {
  document.cookie = text;
  const before = cookies();
  for (const path of ['/', '/deep']) for (const key of ['shop', 'shopA', 'shop.b', 'shop-c']) document.cookie = `${key}=; Max-Age=0; Path=${path}`;
  return [before, cookies()];
}];
of('cookies',
  cookieRow('plain', 'shop=1'),
  cookieRow('all attributes', 'shop=1; Path=/; SameSite=Lax; Max-Age=100; Expires=Fri, 01 Jan 2100 00:00:00 GMT'),
  cookieRow('spaces', '  shopA =  two words ;Path=/;SameSite=strict'),
  cookieRow('of another path', 'shop.b=1; Path=/deep'),
  cookieRow('secure', 'shop-c=1; Secure; SameSite=None'),
  cookieRow('for another domain', 'shop=1; Domain=example.com'),
  cookieRow('over before it begins', 'shop=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT'),
  cookieRow('with signs', 'shop=a=b&c=%E4%B8%AD"d"'),
  cookieRow('with a sign of control', 'shop=a\u0001b'),
  cookieRow('too long', 'shop=' + 'x'.repeat(5000)),
  ['what is no text', () => { document.cookie = { toString: () => 'shop=object' }; const had = cookies(); document.cookie = 'shop=; Max-Age=0'; return had; }],
  ['what throws', () => { document.cookie = { toString() { throw new RangeError('mine'); } }; }],
  ['a symbol', () => { document.cookie = Symbol('x'); }],
  ['what an assignment gives', () => (document.cookie = 'shop=; Max-Age=0')],
  ['cookieStore set', async () => { const gave = await cookieStore.set('shopA', '1'); const found = await cookieStore.get('shopA'); await cookieStore.delete('shopA'); return [gave, found, await cookieStore.get('shopA')]; }],
  ['cookieStore set with an object', async () => { await cookieStore.set({ name: 'shopA', value: '2', path: '/', sameSite: 'strict', expires: null }); const all = await cookieStore.getAll('shopA'); await cookieStore.delete({ name: 'shopA' }); return all; }],
  ['cookieStore set of nothing', () => cookieStore.set()],
  ['cookieStore set of one word', () => cookieStore.set('shopA')],
  ['cookieStore set of a wrong domain', () => cookieStore.set({ name: 'shopA', value: '1', domain: 'example.com' })],
  ['cookieStore set of signs', () => cookieStore.set('shop;A', '1')],
  ['cookieStore set elsewhere', () => CookieStore.prototype.set.call({}, 'shopA', '1')],
  ['cookieStore event', async () => {
    const change = new Promise((done) => cookieStore.addEventListener('change', (event) => done([event.type, event.changed.map((row) => row.name)]), { once: true }));
    await cookieStore.set('shopA', '3');
    const found = await change;
    await cookieStore.delete('shopA');
    return found;
  }]);

const storeRows = (kind) => {
  const store = () => window[kind];
  const mine = () => Object.keys(store()).filter((key) => key.startsWith('shop')).sort();
  const tidy = () => mine().forEach((key) => store().removeItem(key));
  const row = (name, act) => [name, async () => { tidy(); try { return await act(store()); } finally { tidy(); } }];
  return [
    row('setItem', (it) => [it.setItem('shop', '1'), it.getItem('shop'), it.shop, it['shop'], 'shop' in it, mine()]),
    row('getItem of none', (it) => [it.getItem('shop-none'), it.shopNone === undefined, 'shopNone' in it]),
    row('removeItem', (it) => { it.setItem('shop', '1'); return [it.removeItem('shop'), it.getItem('shop'), it.removeItem('shop')]; }),
    row('property', (it) => { it.shop = 2; it['shop key'] = { toString: () => 'three' }; return [it.shop, typeof it.shop, it.getItem('shop key'), mine()]; }),
    row('delete', (it) => { it.shop = 2; const gone = delete it.shop; return [gone, it.getItem('shop'), delete it.shopNone]; }),
    row('numbers as keys', (it) => { it.shopless = 1; it[7] = 'seven'; const had = [it[7], it.getItem('7'), 7 in it]; delete it[7]; delete it.shopless; return [had, it.getItem('7')]; }),
    row('length and key', (it) => { const before = it.length; it.shop = 1; const found = it.length - before; const keys = []; for (let at = 0; at < it.length; at++) keys.push(it.key(at)); return [found, keys.includes('shop'), it.key(9999), it.key(-1)]; }),
    row('keys', (it) => { it.shopA = 1; it.shopB = 2; const ours = (all) => all.filter((key) => String(key).startsWith('shop')).sort(); const each = []; for (const key in it) each.push(key); return [ours(Object.keys(it)), ours(Object.entries(it).map(String)), ours(Object.getOwnPropertyNames(it)), ours(Reflect.ownKeys(it).map(String)), ours(each), each.includes('setItem'), JSON.parse(JSON.stringify(it)).shopA, { ...it }.shopB]; }),
    row('descriptor', (it) => { it.shop = 1; return [Object.getOwnPropertyDescriptor(it, 'shop'), it.hasOwnProperty('shop'), Object.hasOwn(it, 'setItem'), it.propertyIsEnumerable('shop')]; }),
    row('definition', (it) => [Object.defineProperty(it, 'shop', { value: 5, configurable: true, enumerable: true, writable: true }) === it, it.shop, Reflect.defineProperty(it, 'shopB', { value: 6, configurable: true, enumerable: true, writable: true }), it.getItem('shopB')]),
    row('definition of a getter', (it) => attempt(() => { Object.defineProperty(it, 'shop', { get: () => 1, configurable: true }); return it.shop; })),
    row('assign', (it) => { Object.assign(it, { shopA: 1, shopB: 'b' }); return [it.shopA, it.shopB, Reflect.set(it, 'shopC', 3), it.getItem('shopC')]; }),
    row('what is built in cannot be hidden', (it) => { const before = it.length; attempt(() => { it.getItem = 'x'; }); const found = [typeof it.getItem, it.length - before]; Storage.prototype.removeItem.call(it, 'getItem'); delete it.getItem; return [found, typeof it.getItem]; }),
    // The engine tells in other words that a proxy's property was not set.
    row('length as a key', (it) => { const error = String(attempt(() => { it.length = 5; })).split(':')[0]; const found = [error, typeof it.length, it.getItem('length')]; it.removeItem('length'); return found; }),
    row('sloppy length as a key', (it) => { Function('it', 'it.length = 5')(it); const found = [typeof it.length, it.getItem('length')]; it.removeItem('length'); return found; }),
    row('a symbol', (it) => { const sign = Symbol('shop'); const error = attempt(() => { it[sign] = 1; }); const found = [error, it[sign]]; delete it[sign]; return found; }),
    row('frozen', (it) => [attempt(() => Object.freeze(it) === it).startsWith('throws TypeError'), attempt(() => Object.preventExtensions(it) === it), Object.isExtensible(it)]),
    row('prototype', (it) => [it instanceof Storage, Object.prototype.toString.call(it), String(it), it.constructor === Storage, Object.getPrototypeOf(it) === Storage.prototype, it === window[kind], typeof it, it.toString === Object.prototype.toString]),
    row('a method of the class', (it) => [Storage.prototype.setItem.call(it, 'shop', '9'), Storage.prototype.getItem.call(it, 'shop'), Object.getOwnPropertyDescriptor(Storage.prototype, 'length').get.call(it) === it.length]),
    row('a method elsewhere', () => ['setItem', 'getItem', 'removeItem', 'clear', 'key'].map((name) => attempt(() => Storage.prototype[name].call({}, 'a', 'b'))).concat(attempt(() => Storage.prototype.length))),
    row('a method of nothing', () => ['setItem', 'getItem', 'removeItem', 'key'].map((name) => attempt(() => window[kind][name]()))),
    row('half of setItem', (it) => it.setItem('shop')),
    row('a key that throws', (it) => it.setItem({ toString() { throw new RangeError('mine'); } }, '1')),
    row('odd keys', (it) => { it.setItem('shop\u0000\ud800 中', 'ü'); const found = mine(); return [found, it.getItem(found[0]), it.setItem(null, 'shop'), it.getItem('null'), it.removeItem('null'), it.setItem(undefined, 1), it.removeItem('undefined')]; }),
    row('quota', (it) => { try { it.setItem('shop', 'x'.repeat(6e6)); return 'kept'; } catch (error) { return [error.name, error.code, error instanceof DOMException, error.constructor.name, error.message]; } }),
    row('quota of a property', (it) => { try { it.shop = 'x'.repeat(6e6); return 'kept'; } catch (error) { return [error.name, error.code, error instanceof DOMException, error.message]; } }),
    row('clear', (it) => { const others = Object.entries(it); it.shop = 1; const gave = it.clear(); const left = Object.keys(it).length; others.forEach(([key, value]) => it.setItem(key, value)); return [gave, left]; }),
    row('a method of its own', (it) => { Storage.prototype.shopOnce = function () { return this === it; }; const found = it.shopOnce(); delete Storage.prototype.shopOnce; return [found, it.shopOnce === undefined]; }),
    row('assignment to the window', () => { const before = window[kind]; attempt(() => { window[kind] = 1; }); const same = window[kind] === before; const found = Object.getOwnPropertyDescriptor(window, kind); return [same, typeof found.get, typeof found.set, found.enumerable, found.configurable]; }),
    row('of a frame', async (it) => { const frame = await framed('/inner.html'); it.shop = 'here'; const there = frame.contentWindow[kind]; const found = [there.shop, there.getItem('shop'), there instanceof frame.contentWindow.Storage, there instanceof Storage, there === frame.contentWindow[kind]]; there.shop = 'there'; found.push(it.shop, frame.contentWindow.Storage.prototype.getItem.call(it, 'shop')); frame.remove(); return found; })
  ];
};
const framed = async (src) => {
  const frame = document.createElement('iframe');
  frame.src = src;
  document.body.appendChild(frame);
  await new Promise((done) => frame.addEventListener('load', done));
  return frame;
};
of('local storage', ...storeRows('localStorage'));
of('session storage', ...storeRows('sessionStorage'));
of('storage events', ...['localStorage', 'sessionStorage'].flatMap((kind) => [
  [`${kind} of a frame`, async () => {
    const frame = await framed('/inner.html');
    const event = new Promise((done) => window.addEventListener('storage', done, { once: true }));
    frame.contentWindow[kind].setItem('shop', 'news');
    const told = await event;
    const found = [told.key, told.oldValue, told.newValue, told.url.replace(/.*\d/, ''), told.storageArea === window[kind], told instanceof StorageEvent, told.isTrusted, Object.prototype.toString.call(told)];
    frame.remove();
    window[kind].removeItem('shop');
    return found;
  }],
  [`${kind} made`, () => { const event = new StorageEvent('storage', { key: 'shop', newValue: '1', storageArea: window[kind], url: 'http://a/', bubbles: true }); return [event.key, event.newValue, event.url, event.bubbles, event.storageArea === window[kind], event.constructor === StorageEvent]; }],
  [`${kind} initialised`, () => { const event = new StorageEvent('storage'); event.initStorageEvent('storage', false, false, 'shop', 'a', 'b', 'http://a/', window[kind]); return [event.key, event.storageArea === window[kind]]; }]
]),
  ['without an area', () => [new StorageEvent('storage').storageArea, new StorageEvent('x', {}).key, new StorageEvent('x', { storageArea: null }).storageArea, new StorageEvent('x', undefined).url, new StorageEvent('x', { key: 'k' }).key]],
  ['wrong', () => [attempt(() => new StorageEvent()), attempt(() => StorageEvent('x')), attempt(() => new StorageEvent('x', 5)), attempt(() => new StorageEvent('x', { storageArea: {} }))]],
  ['inherited options', () => new StorageEvent('x', Object.create({ key: 'shop' })).key],
  ['a class of it', () => { class Mine extends StorageEvent {} const it = new Mine('x', { key: 'k' }); return [it instanceof Mine, it.key, it.constructor.name, Object.prototype.toString.call(it)]; }]);

const asked = (request) => new Promise((done) => {
  const list = [];
  list.push(request.readyState);
  request.onblocked = (event) => list.push(`blocked ${event.oldVersion} ${event.newVersion}`);
  request.onupgradeneeded = (event) => { list.push(`upgrade ${event.oldVersion} ${event.newVersion}`); attempt(() => request.result.createObjectStore('things', { keyPath: 'id' })); };
  request.onerror = (event) => { list.push('error ' + told(request.error)); event.preventDefault(); done(list); };
  request.onsuccess = () => { list.push(Object.prototype.toString.call(request.result), request.readyState); done(list); };
});
const gone = (name) => new Promise((done) => { const request = indexedDB.deleteDatabase(name); request.onsuccess = (event) => done(['deleted', event.oldVersion]); request.onerror = () => done('error'); request.onblocked = () => {}; });
of('databases',
  ['open', async () => { const request = indexedDB.open('shop', 2); const list = await asked(request); const found = [list, request.result.name, request.result.version, [...request.result.objectStoreNames], request instanceof IDBOpenDBRequest, request.source]; request.result.close(); return [found, await gone('shop')]; }],
  ['write, read and delete', async () => {
    const request = indexedDB.open('shop');
    await asked(request);
    const change = request.result.transaction('things', 'readwrite');
    const store = change.objectStore('things');
    store.put({ id: 1, at: new Date(0), blob: new Blob(['x']) });
    store.add({ id: 2 });
    store.delete(2);
    await new Promise((done) => { change.oncomplete = done; });
    const read = request.result.transaction('things').objectStore('things').getAll();
    await new Promise((done) => { read.onsuccess = done; });
    const found = read.result.map((row) => [row.id, row.at.getTime(), row.blob.size]);
    request.result.close();
    return [found, await gone('shop')];
  }],
  ['versionchange and blocked', async () => {
    const first = indexedDB.open('shop', 1);
    await asked(first);
    const list = [];
    first.result.onversionchange = (event) => { list.push(`versionchange ${event.oldVersion} ${event.newVersion}`); setTimeout(() => first.result.close(), 50); };
    const second = indexedDB.open('shop', 2);
    list.push(await asked(second));
    second.result.close();
    return [list, await gone('shop')];
  }],
  ['an older version', async () => { const first = indexedDB.open('shop', 3); await asked(first); first.result.close(); const found = await asked(indexedDB.open('shop', 2)); return [found, await gone('shop')]; }],
  ['given up', async () => { const request = indexedDB.open('shop', 1); const list = []; request.onupgradeneeded = () => request.transaction.abort(); await new Promise((done) => { request.onerror = (event) => { event.preventDefault(); list.push('error ' + told(request.error)); done(); }; request.onsuccess = done; }); return [list, await gone('shop')]; }],
  ['in order of events', async () => { const request = indexedDB.open('shop', 1); const list = []; request.addEventListener('upgradeneeded', () => list.push('upgrade')); request.addEventListener('success', () => list.push('listener')); request.onsuccess = () => list.push('property'); await heard(request, ['success'], ['success']); request.result.close(); await gone('shop'); return list; }],
  ['wrong', () => [attempt(() => indexedDB.open()), attempt(() => indexedDB.open('shop', 0)), attempt(() => indexedDB.open('shop', -1)), attempt(() => indexedDB.open('shop', 'x')), attempt(() => IDBFactory.prototype.open.call({}, 'shop')), attempt(() => indexedDB.open(Symbol('x')))]],
  ['a name that throws', () => indexedDB.open({ toString() { throw new RangeError('mine'); } })],
  ['databases', async () => { const request = indexedDB.open('shop', 4); await asked(request); const found = (await indexedDB.databases()).filter((row) => row.name === 'shop'); request.result.close(); await gone('shop'); return found; }],
  ['caches', async () => {
    const cache = await caches.open('shop');
    await cache.put('/kept', new Response('kept', { headers: { 'X-Shop': '1' } }));
    await cache.add('/ok.json');
    const found = [Object.prototype.toString.call(cache), await (await cache.match('/kept')).text(), (await caches.match('/kept')).headers.get('X-Shop'), (await cache.keys()).length, await caches.has('shop'), (await caches.keys()).filter((name) => name.startsWith('shop'))];
    found.push(await cache.delete('/kept'), await caches.delete('shop'), await caches.has('shop'));
    return found;
  }],
  ['caches, wrong', async () => [await caches.open().catch(told), await CacheStorage.prototype.open.call({}, 'x').catch(told), caches.open('shop') instanceof Promise, await caches.delete('shop')]]);

const here = (path) => new URL(path, location.href).href;
const path = (address) => String(address).replace(location.host, 'HOST');
const answered = async (answer) => [answer.status, answer.ok, answer.type, path(answer.url), answer.redirected, answer.headers.get('content-type'), answer instanceof Response, await answer.text()];
const form = () => { const form = new FormData(); form.append('a', '1'); form.append('file', new Blob(['x']), 'x.txt'); return form; };
of('sends',
  ['sendBeacon', () => [navigator.sendBeacon('/ok.json'), navigator.sendBeacon(here('/ok.json'), 'x'), navigator.sendBeacon('/ok.json', new Blob(['x'], { type: 'text/plain' })), navigator.sendBeacon('/ok.json', form()), navigator.sendBeacon(new URL(here('/ok.json')), new URLSearchParams('a=1')), navigator.sendBeacon('/ok.json', new Uint8Array(9))]],
  ['sendBeacon, too much', () => navigator.sendBeacon('/ok.json', 'x'.repeat(70000))],
  ['sendBeacon, wrong', () => [attempt(() => navigator.sendBeacon()), attempt(() => navigator.sendBeacon('data:,')), attempt(() => navigator.sendBeacon('http://[')), attempt(() => navigator.sendBeacon.call({}, '/ok.json')), attempt(() => (0, navigator.sendBeacon)('/ok.json'))]],
  ['fetch', async () => answered(await fetch('/ok.json'))],
  ['fetch a URL', async () => answered(await fetch(new URL(here('/ok.json'))))],
  ['fetch a Request', async () => answered(await fetch(new Request('/ok.json', { method: 'POST', body: 'x' })))],
  ['fetch a Request and more', async () => answered(await fetch(new Request('/ok.json'), { method: 'PUT', headers: { 'X-Shop': '1' }, body: form() }))],
  ['fetch what becomes text', async () => answered(await fetch({ toString: () => '/ok.json' }))],
  ['fetch bodies', async () => { const list = []; for (const body of ['x', new Blob(['x']), form(), new URLSearchParams('a=1'), new Uint8Array(3), new ArrayBuffer(2)]) list.push((await fetch('/ok.json', { method: 'POST', body })).status); return list; }],
  ['fetch kinds', async () => { const answer = () => fetch('/ok.json', { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', keepalive: true, redirect: 'error', mode: 'same-origin', priority: 'low' }); return [await (await answer()).json(), (await (await answer()).blob()).type, (await (await answer()).arrayBuffer()).byteLength, (await answer()).clone().bodyUsed]; }],
  ['fetch a stream', async () => { const reader = (await fetch('/ok.json')).body.getReader(); let size = 0; for (;;) { const { done, value } = await reader.read(); if (done) return size; size += value.length; } }],
  ['fetch, given up', async () => { const stop = new AbortController(); const answer = fetch('/slow.json', { signal: stop.signal }); setTimeout(() => stop.abort(), 30); return answer.catch((error) => [told(error), error instanceof DOMException]); }],
  ['fetch, given up before', () => fetch('/ok.json', { signal: AbortSignal.abort(new RangeError('mine')) }).catch(told)],
  ['fetch, out of time', () => fetch('/slow.json', { signal: AbortSignal.timeout(40) }).catch(told)],
  ['fetch what is not there', async () => (await fetch('/none')).status],
  ['fetch, wrong', async () => { const list = []; for (const given of [[], ['http://['], ['/ok.json', 5], ['/ok.json', { method: 'TRACE' }], ['/ok.json', { body: 'x' }], ['/ok.json', { mode: 'navigate' }], ['/ok.json', { headers: 5 }], ['http://a:b@127.0.0.1/'], ['about:x'], [Symbol('x')], [{ toString() { throw new RangeError('mine'); } }]]) { const answer = fetch(...given); list.push(answer instanceof Promise, await answer.catch(told)); }; return list; }],
  ['fetch elsewhere', async () => [await fetch.call({}, '/ok.json').catch(told), (await fetch.call(undefined, '/ok.json')).status, (await fetch.call(window, '/ok.json')).status, (await fetch.bind(null)('/ok.json')).status, attempt(() => new fetch('/ok.json'))]],
  ['fetch data', async () => (await fetch('data:,hello')).text()],
  ['fetch a blob', async () => (await fetch(URL.createObjectURL(new Blob(['hello'])))).text()],
  ['fetch order', async () => { const list = []; const one = fetch('/ok.json').then(() => list.push('fetch')); Promise.resolve().then(() => list.push('micro')); setTimeout(() => list.push('task'), 0); list.push('now'); await one; await pause(20); return list.slice(0, 2).concat(list.slice(2).sort()); }]);

const EVENTS = list('readystatechange loadstart progress abort error load timeout loadend');
const request = async (start, last = ['loadend']) => {
  const it = new XMLHttpRequest();
  const events = [];
  EVENTS.forEach((name) => it.addEventListener(name, () => events.push(name + it.readyState)));
  const end = heard(it, ['loadend'], last);
  const gave = await start(it, events);
  await end;
  return [gave, events, it.status, it.statusText, path(it.responseURL), it.getResponseHeader('content-type'), attempt(() => it.responseText), it.readyState];
};
of('requests',
  ['GET', () => request((it) => { it.open('GET', '/ok.json'); return it.send(); })],
  ['POST', () => request((it) => { it.open('POST', new URL(here('/ok.json')), true); it.setRequestHeader('X-Shop', '1'); it.upload.onprogress = () => {}; it.send(form()); })],
  ['upload', () => request(async (it, events) => { list('loadstart load loadend').forEach((name) => it.upload.addEventListener(name, () => events.push('upload ' + name))); it.open('PUT', '/ok.json'); it.send(new Blob(['xyz'])); })],
  ['types', async () => { const all = []; for (const type of ['', 'text', 'json', 'blob', 'arraybuffer', 'document']) { const it = new XMLHttpRequest(); it.open('GET', type === 'document' ? '/inner.html' : '/ok.json'); it.responseType = type; it.send(); await heard(it, ['loadend'], ['loadend']); all.push(type, Object.prototype.toString.call(it.response), attempt(() => it.responseText.length)); } return all; }],
  ['at once', () => { const it = new XMLHttpRequest(); const events = []; EVENTS.forEach((name) => it.addEventListener(name, () => events.push(name + it.readyState))); it.open('GET', '/ok.json', false); it.send(); return [events, it.status, it.responseText, it.getAllResponseHeaders().includes('content-type')]; }],
  ['at once, with arguments that are not', () => [0, '', null, undefined].map((wait) => { const it = new XMLHttpRequest(); it.open('GET', '/ok.json', wait); attempt(() => it.send()); return [it.readyState, it.status]; })],
  ['given up', () => request((it) => { it.open('GET', '/slow.json'); it.send(); setTimeout(() => it.abort(), 30); })],
  ['given up before it is sent', () => { const it = new XMLHttpRequest(); it.open('GET', '/ok.json'); it.abort(); return [it.readyState, attempt(() => it.send())]; }],
  ['out of time', () => request((it) => { it.open('GET', '/slow.json'); it.timeout = 60; it.send(); })],
  ['twice', () => request(async (it) => { it.open('GET', '/slow.json'); it.send(); it.open('GET', '/ok.json'); it.send(); })],
  ['once more', async () => { const it = new XMLHttpRequest(); const all = []; for (const at of ['/ok.json', '/none', '/ok.json']) { it.open('GET', at); it.send(); await heard(it, ['loadend'], ['loadend']); all.push(it.status); } return all; }],
  ['a name and a password', () => request((it) => { it.open('GET', '/ok.json', true, 'name', 'word'); it.withCredentials = true; it.send(null); })],
  ['another type', () => request((it) => { it.open('GET', '/ok.json'); it.overrideMimeType('text/plain; charset=x-user-defined'); it.send(); })],
  ['wrong', () => [
    attempt(() => new XMLHttpRequest().send()),
    attempt(() => new XMLHttpRequest().open()),
    attempt(() => new XMLHttpRequest().open('GET')),
    attempt(() => new XMLHttpRequest().open('G T', '/ok.json')),
    attempt(() => new XMLHttpRequest().open('TRACE', '/ok.json')),
    attempt(() => new XMLHttpRequest().open('GET', 'http://[')),
    attempt(() => new XMLHttpRequest().setRequestHeader('a', 'b')),
    attempt(() => { const it = new XMLHttpRequest(); it.open('GET', '/ok.json'); it.send(); it.send(); }),
    attempt(() => { const it = new XMLHttpRequest(); it.open('GET', '/ok.json'); it.setRequestHeader('a b', 'c'); }),
    attempt(() => { const it = new XMLHttpRequest(); it.responseType = 'json'; it.open('GET', '/ok.json', false); }),
    attempt(() => { const it = new XMLHttpRequest(); it.open('GET', '/ok.json', false); it.timeout = 5; }),
    attempt(() => XMLHttpRequest.prototype.open.call({}, 'GET', '/ok.json')),
    attempt(() => XMLHttpRequest.prototype.send.call({})),
    attempt(() => XMLHttpRequest()),
    attempt(() => new XMLHttpRequest().open('GET', { toString() { throw new RangeError('mine'); } }))]],
  ['a class of it', () => { class Mine extends XMLHttpRequest { open(...given) { this.mine = given[1]; return super.open(...given); } } return request.call(null, (it) => it.open('GET', '/ok.json') || it.send()).then(() => { const it = new Mine(); it.open('GET', '/x'); return [it.mine, it instanceof Mine, it.readyState]; }); }],
  ['socket of this origin', async () => { const it = new WebSocket(here('/ok.json').replace('http', 'ws'), ['a', 'b']); const events = await heard(it, ['open', 'error', 'close'], ['close'], 9000); return [path(it.url.replace('ws', 'http')), events, it.readyState]; }],
  ['socket, wrong', () => [attempt(() => new WebSocket()), attempt(() => WebSocket('ws://127.0.0.1:1/')), attempt(() => new WebSocket(here('/#x').replace('http', 'ws'))), attempt(() => new WebSocket('ftp://127.0.0.1')), attempt(() => new WebSocket('ws://[')), attempt(() => new WebSocket(here('/').replace('http', 'ws'), ['a', 'a'])), attempt(() => new WebSocket(here('/').replace('http', 'ws'), 'a b')), attempt(() => WebSocket.prototype.send.call({}, 'x'))]],
  ['events', async () => { const it = new EventSource('/events', { withCredentials: true }); const first = [path(it.url), it.readyState, it.withCredentials]; const list = []; it.onopen = () => list.push('open'); it.onmessage = (event) => list.push(['message', event.data, event.lastEventId, event.origin === location.origin]); it.addEventListener('more', (event) => list.push(['more', event.data, event.lastEventId])); it.onerror = () => list.push('error ' + it.readyState); await pause(300); it.close(); return [first, list, it.readyState]; }],
  ['events of none', async () => { const it = new EventSource('/ok.json'); const events = await heard(it, ['open', 'error'], ['error']); return [events, it.readyState, it instanceof EventTarget]; }],
  ['events, wrong', () => [attempt(() => new EventSource()), attempt(() => EventSource('/events')), attempt(() => new EventSource('http://['))]]);
// Of another origin: what is strict holds it back.
of('elsewhere',
  ['fetch what does not answer', () => fetch('http://127.0.0.1:1/').catch(told)],
  ['at once, failing', () => attempt(() => { const it = new XMLHttpRequest(); it.open('GET', 'http://127.0.0.1:1/', false); it.send(); })],
  ['not answering', () => request((it) => { it.open('GET', 'http://127.0.0.1:1/'); it.send(); })],
  ['not answering of a socket', async () => { const it = new WebSocket('ws://127.0.0.1:1/x'); const first = [it.url, it.readyState, it.protocol, it.extensions, it.binaryType, it.bufferedAmount, attempt(() => it.send('x'))]; const close = new Promise((done) => it.addEventListener('close', (event) => done([event.code, event.wasClean, event.reason]))); const events = await heard(it, ['open', 'error', 'close'], ['close'], 9000); return [first, events, await close, it.readyState]; }],
  ['socket closed at once', async () => { const it = new WebSocket('ws://127.0.0.1:1/'); it.close(); return [await heard(it, ['open', 'error', 'close'], ['close'], 9000), it.readyState]; }],
  ['socket class', () => { class Mine extends WebSocket { constructor(at) { super(at); this.mine = 1; } } const it = new Mine('ws://127.0.0.1:1/'); it.close(); return [it instanceof Mine, it instanceof WebSocket, it.mine, it.constructor.name, it.constructor === Mine, new WebSocket('ws://127.0.0.1:1/').constructor === WebSocket, WebSocket.OPEN, it.OPEN, Object.prototype.hasOwnProperty.call(it, 'url')]; }]);
export const go = (group) => observe(rows[group]);

