// What a page does for itself: keys that nobody lists, addresses of its own. Calls with the native
// functions and with the guard's in turns, in one page; insertions on a page with a guard and on one
// without. The difference is what the guard costs.
(() => {
  // Batches of a call, and repetitions of an insertion: the middle one counts, because the first is
  // compiled on the way and another may be disturbed.
  const BATCHES = 31;
  const WARM = 3;
  const TIMES = 9;
  const MANY = 2000;
  const own = (name) => location.origin + '/own/' + name;
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const rest = () => new Promise((done) => setTimeout(done, 0));
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const place = make('div');
  const element = make('div');
  const frame = make('iframe');
  const outside = make('div');
  const repeated = (text) => Array.from({ length: 100 }, (_, i) => text.replace(/#/g, i)).join('');
  const SHORT = '<p class="note">几个字</p>';
  const PICTURES = Array.from({ length: 5 }, () => `<img src="${own('picture.gif')}" alt="">`).join('');
  const HUNDRED = repeated('<li class="row" data-id="#"><b>标题</b> 第#行</li>');
  const LINKED = repeated(`<li class="row"><a href="/item/#">第#行</a></li>`);
  const HUNDRED_PICTURES = repeated(`<li class="row"><img src="${own('picture.gif')}" alt="#"></li>`);
  const kept = [];
  // Name, calls in a batch, the call; what is tidied after a batch, untimed; how many watched calls it is.
  const CALLS = [
    ['document.cookie = …', 100, (i) => { document.cookie = 'own=' + i; }],
    ['document.cookie', 100, () => document.cookie],
    ['localStorage.setItem', 500, (i) => localStorage.setItem('own', i)],
    ['localStorage.getItem', 2000, () => localStorage.getItem('own')],
    ['localStorage.key = …', 500, (i) => { localStorage.own = i; }],
    ['localStorage.key', 2000, () => localStorage.own],
    ['sessionStorage.setItem', 500, (i) => sessionStorage.setItem('own', i)],
    ['sessionStorage.getItem', 2000, () => sessionStorage.getItem('own')],
    ['cookieStore.set', 20, (i) => kept.push(cookieStore.set('own', '' + i)), () => Promise.all(kept.splice(0))],
    ['indexedDB.open', 20, () => kept.push(new Promise((done) => {
      const request = indexedDB.open('own');
      request.onsuccess = () => { request.result.close(); done(); };
      request.onerror = done;
    })), () => Promise.all(kept.splice(0))],
    ['caches.open', 20, () => kept.push(caches.open('own')), () => Promise.all(kept.splice(0))],
    ['sendBeacon', 20, () => navigator.sendBeacon(own('sent'), 'x'), () => new Promise((done) => setTimeout(done, 60))],
    ['fetch', 20, () => kept.push(fetch(own('sent')).then((answer) => answer.text())), () => Promise.all(kept.splice(0))],
    ['XMLHttpRequest open', 20, () => new XMLHttpRequest().open('GET', own('sent'))],
    ['XMLHttpRequest open, send', 20, () => {
      const request = new XMLHttpRequest();
      request.open('GET', own('sent'));
      kept.push(new Promise((done) => { request.onloadend = done; }));
      request.send();
    }, () => Promise.all(kept.splice(0)), 2],
    ['new EventSource', 10, () => kept.push(new EventSource(own('sent'))), () => kept.splice(0).forEach((it) => it.close())],
    ['new WebSocket', 10, () => kept.push(new WebSocket(own('sent').replace('http', 'ws'))), () => kept.splice(0).forEach((it) => it.close())],
    ['new Audio', 200, () => kept.push(new Audio()), () => kept.splice(0)],
    ['new Worker', 6, () => kept.push(new Worker(own('worker.js'))), () => kept.splice(0).forEach((it) => it.terminate())],
    // What the gate needs once more for the row after it.
    ['new Blob, createObjectURL', 20, () => kept.push(URL.createObjectURL(new Blob(['0']))), () => kept.splice(0).forEach((address) => URL.revokeObjectURL(address))],
    ['new Worker of a blob', 4, () => {
      const address = URL.createObjectURL(new Blob(['0']));
      kept.push([new Worker(address), address]);
    }, () => kept.splice(0).forEach(([it, address]) => { it.terminate(); URL.revokeObjectURL(address); })],
    ['setAttribute class', 2000, (i) => element.setAttribute('class', 'c' + (i & 7))],
    ['setAttribute data-id', 2000, (i) => element.setAttribute('data-id', i)],
    ['setAttribute src of img', 200, (i) => { kept[i] = kept[i] || make('img'); kept[i].setAttribute('src', own('picture.gif')); }, () => kept.splice(0)],
    ['setAttribute href of a', 1000, () => (kept[0] = kept[0] || make('a')).setAttribute('href', '/item'), () => kept.splice(0)],
    ['attribute.value = …', 1000, (i) => { (kept[0] = kept[0] || (element.setAttribute('title', ''), element.getAttributeNode('title'))).value = i; }, () => kept.splice(0)],
    ['img.src = …', 200, () => { make('img').src = own('picture.gif'); }],
    ['img.src', 2000, () => (kept[0] = kept[0] || make('img', { src: own('picture.gif') })).src, () => kept.splice(0)],
    ['img.srcset = …', 200, () => { make('img').srcset = own('picture.gif') + ' 1x, ' + own('picture.gif') + ' 2x'; }],
    ['script.src = …', 200, () => { make('script').src = own('nothing.js'); }],
    ['iframe.src = …', 200, () => { make('iframe').src = own('nothing.html'); }],
    ['link.href = …', 200, () => { make('link').href = own('nothing.css'); }],
    ['a.href = …', 1000, () => { (kept[0] = kept[0] || make('a')).href = '/item'; }, () => kept.splice(0)],
    ['innerHTML, a line', 500, () => { outside.innerHTML = SHORT; }],
    ['innerHTML, 5 images', 50, () => { outside.innerHTML = PICTURES; }],
    ['innerHTML, 100 rows', 20, () => { outside.innerHTML = HUNDRED; }],
    ['innerHTML, 100 links', 20, () => { outside.innerHTML = LINKED; }],
    ['innerHTML, 100 images', 20, () => { outside.innerHTML = HUNDRED_PICTURES; }],
    ['insertAdjacentHTML, a line', 500, () => outside.insertAdjacentHTML('beforeend', SHORT), () => { outside.textContent = ''; }],
    ['contentWindow', 1000, () => frame.contentWindow],
    ['contentDocument', 1000, () => frame.contentDocument],
    ['Function.prototype.toString', 1000, () => middle.toString()],
    ['createElement', 2000, () => document.createElement('div')],
  ];
  const row = (i) => `<li class="row" data-id="${i}">第${i}行</li>`;
  const picture = `<img src="${own('picture.gif')}" alt="" width="8" height="8">`;
  const each = (make) => { for (let i = 0; i < MANY; i++) place.appendChild(make(i)); };
  const item = (i) => {
    const made = document.createElement('li');
    made.className = 'row';
    made.textContent = '第' + i + '行';
    return made;
  };
  const INSERTS = [
    ['createElement, className, textContent', () => each(item)],
    ['createElement, setAttribute twice', () => each((i) => {
      const made = document.createElement('li');
      made.setAttribute('class', 'row');
      made.setAttribute('data-id', i);
      made.textContent = '第' + i + '行';
      return made;
    })],
    ['a fragment', () => {
      const fragment = document.createDocumentFragment();
      for (let i = 0; i < MANY; i++) fragment.appendChild(item(i));
      place.appendChild(fragment);
    }],
    ['one innerHTML', () => { place.innerHTML = Array.from({ length: MANY }, (_, i) => row(i)).join(''); }],
    ['one innerHTML of links', () => { place.innerHTML = Array.from({ length: MANY }, (_, i) => `<a href="/item/${i}">第${i}行</a> `).join(''); }],
    ['one innerHTML of images', () => { place.innerHTML = picture.repeat(MANY); }],
    ['createElement(img), src', () => each(() => {
      const made = document.createElement('img');
      made.width = 8;
      made.height = 8;
      made.src = own('picture.gif');
      return made;
    })],
    ['insertAdjacentHTML, each', () => { for (let i = 0; i < MANY; i++) place.insertAdjacentHTML('beforeend', row(i)); }],
  ];
  const time = async (act) => {
    // What a person waits for: the page's script, what watches the tree, style and layout.
    const start = performance.now();
    act();
    await null;
    const made = performance.now();
    place.offsetHeight;
    const shown = performance.now();
    // Images are at rest before the next.
    await Promise.all(Array.from(place.getElementsByTagName('img'), (image) => image.decode().catch(() => {})));
    place.textContent = '';
    await rest();
    return [made - start, shown - start];
  };
  Object.defineProperty(window, 'gateMeasure', { value: async (only, guarded) => {
    const wanted = ([name]) => !only || only.some((part) => name.includes(part));
    document.body.append(place, frame);
    const found = { calls: [], inserts: [] };
    const batch = async ([, count, act, tidy]) => {
      // What was put in place is new to the engine.
      for (let i = 0; i < WARM; i++) act(i);
      await (tidy && tidy());
      await rest();
      const start = performance.now();
      for (let i = 0; i < count; i++) act(i);
      const took = (performance.now() - start) * 1000 / count;
      await (tidy && tidy());
      await rest();
      return took;
    };
    for (const row of guarded ? CALLS.filter(wanted) : []) {
      const both = [[], []];
      for (let at = 0; at < 2 * BATCHES; at++) {
        // In turns, and each comes first as often: N G G N N G G N …
        const which = (at + 1 >> 1) % 2;
        gateNatives(which === 0);
        both[which].push(await batch(row));
      }
      gateNatives(false);
      // Two that follow each other are compared: what a batch takes changes by more than the gate takes
      // while a page lives.
      const more = middle(both[1].map((took, at) => took - both[0][at])) / (row[4] || 1);
      const native = middle(both[0]);
      found.calls.push([row[0], [native, native + more]]);
    }
    for (const [name, act] of INSERTS.filter(wanted)) {
      const times = [];
      for (let at = 0; at < TIMES; at++) times.push(await time(act));
      found.inserts.push([name, [0, 1].map((which) => middle(times.map((each) => each[which])))]);
    }
    place.remove();
    frame.remove();
    return found;
  } });
})();
