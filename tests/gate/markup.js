// Texts that become elements, by dice, and what becomes of them.
const dice = (seed) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 4294967296;
};
const PIECES = ['<p>', '</p>', '<b', '<i title=', '>', '"', "'", '=', ' ', '\n', '/', '<', '&amp;', '&lt;', '&#x2f;', '&sol', 'src', 'SRC', 'srcset', ' data=', ' alt="', "' ", '<!--', '-->', '<![CDATA[', ']]>', '<svg>', '</svg>', '<template>', '</template>', '<noscript>', '</noscript>', '<textarea>', '</textarea>', '<title>', '</title>', '<style>', '</style>', '<math>', '<table><tr>', '<select>', '\u0000', '\f', '中', '`', 'href=', ' data-src=x', ' data-purpose=y', '</', '<?', '<a href="/y">'];
const pieces = (address) => [`<img src="${address}">`, `<img src='${address}' alt='src="/x"'>`, `<IMG/SRC=${address}>`, `<img src = ${address} >`, `<img title="a>b" src="${address}">`, `<img src="${address.replace(':', '&#58;')}">`, `<iframe src="${address}"></iframe>`, `<img srcset="${address} 1x, ${address} 2x">`, `<video poster=${address}>`, ` src=${address}>`, ` src="${address}"`, `<img alt='<' src='${address}'>`, `<img src="${address}" src="/dot.svg">`, `<embed src=${address}>`, `<object data='${address}'></object>`, `<link rel=stylesheet href=${address}>`, `<input type=image src=${address}>`, address];
export const texts = (seed, count, address) => {
  const next = dice(seed);
  const of = (list) => list[Math.floor(next() * list.length)];
  return Array.from({ length: count }, (_, at) => {
    const parts = Array.from({ length: 2 + Math.floor(next() * 12) }, () => of(next() < 0.35 ? pieces(address + at) : PIECES));
    return parts.join('');
  });
};
const ways = [
  (text) => { const it = document.createElement('div'); it.innerHTML = text; return it; },
  (text) => { const it = document.createElement('div'); it.appendChild(document.createElement('b')); it.insertAdjacentHTML('afterbegin', text); return it; },
  (text) => { const it = document.createElement('template'); it.innerHTML = text; return it; },
  (text) => { const it = document.createElement('div'); it.attachShadow({ mode: 'open' }).innerHTML = text; it.append(it.shadowRoot); return it; },
  (text) => { const it = document.createElement('div'); const range = document.createRange(); range.selectNode(document.body); it.appendChild(range.createContextualFragment(text)); return it; },
  (text) => new DOMParser().parseFromString(text, 'text/html').documentElement,
  (text) => { const it = document.createElement('div'); it.appendChild(document.createElement('b')).outerHTML = text; return it; }
];
// What becomes of texts with this address, in no page and in the page.
export const become = async (seed, count, address) => {
  const seen = {};
  const list = texts(seed, count, address);
  list.forEach((text, at) => {
    const it = attempt(() => ways[at % ways.length](text));
    seen[`${seed} ${at} ${text}`] = it.outerHTML || String(it);
    if (it instanceof HTMLElement && it.localName !== 'html') document.body.appendChild(it);
  });
  await pause(700);
  [...document.body.children].forEach((it) => it.remove());
  return seen;
};
