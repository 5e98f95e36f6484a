// What axe does not look at, or cannot decide: faults of the view that is open, each in words.
window.faults = (() => {
  const notice = document.querySelector('zhiqing-notice');
  const root = notice ? notice.shadowRoot : document;
  // Where scripts are off a form takes the place of them all.
  const view = () => root.querySelector('dialog') ?? root.querySelector('.banner, .handle, .zhiqing-form');
  // The handle is a view that is itself the control.
  const all = (selector) => (view() ? [view(), ...view().querySelectorAll('*')].filter((element) => element.matches(selector)) : []);
  const named = (element) =>
    '<' + element.localName + ' class="' + element.className + '"> '
    + (element.innerText || element.getAttribute('aria-labelledby') || '').trim().slice(0, 30);

  // ---- Contrast: WCAG 2.2, 1.4.3 and 1.4.11 ---------------------------------------------------

  const parsed = (text) => {
    const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(text);
    if (!found) throw new Error('a colour that is not read: ' + text);
    return { rgb: found.slice(1, 4).map(Number), alpha: Number(found[4] ?? 1) };
  };
  const over = (top, below) => top.rgb.map((part, n) => part * top.alpha + below[n] * (1 - top.alpha));
  const up = (element) => element.parentElement ?? element.getRootNode().host ?? null;
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const style = getComputedStyle(element);
    if (style.backgroundImage !== 'none') throw new Error('a picture behind ' + named(element));
    const own = parsed(style.backgroundColor);
    // A sheet is in the top layer: what is around it in the tree is not behind it.
    return own.alpha === 1 || element.localName === 'dialog' ? over(own, [255, 255, 255]) : over(own, ground(up(element)));
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const words = () => {
    const found = [];
    for (const element of all('*')) {
      if (!element.checkVisibility()) continue;
      for (const pseudo of ['', '::before', '::after']) {
        const style = getComputedStyle(element, pseudo);
        const own = pseudo
          ? /^".*\S.*"$/.test(style.content)
          : [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (own && parseFloat(style.fontSize) > 0) found.push({ element, pseudo, style });
      }
    }
    return found;
  };
  const contrast = () => {
    const faults = words().flatMap(({ element, pseudo, style }) => {
      const behind = ground(element);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      const found = ratio(over(parsed(style.color), behind), behind);
      return found >= (large ? 3 : 4.5) ? [] : ['contrast ' + found.toFixed(2) + ' of ' + named(element) + pseudo];
    });
    const parts = all('.switch:enabled, .check:enabled').flatMap((element) => {
      const style = getComputedStyle(element);
      const own = element.checked || element.matches('.switch') ? style.backgroundColor : style.borderTopColor;
      const found = ratio(parsed(own).rgb, ground(up(element)));
      return found >= 3 ? [] : ['contrast ' + found.toFixed(2) + ' of the control ' + named(element)];
    });
    return [...new Set([...faults, ...parts])];
  };

  // ---- Targets: 44 by 44 CSS pixels around the middle of each control, WCAG 2.2, 2.5.5 --------

  const TARGET = 44;
  const targets = () =>
    all('button, input:enabled, summary, a[href]').filter((control) => control.checkVisibility()).flatMap((control) => {
      const target = control.closest('label') ?? control;
      target.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = target.getBoundingClientRect();
      const [x, y, reach] = [left + width / 2, top + height / 2, TARGET / 2 - 1];
      const missed = [[0, 0], [reach, 0], [-reach, 0], [0, reach], [0, -reach]]
        .map(([dx, dy]) => [dx, dy, root.elementFromPoint(x + dx, y + dy)])
        .find(([, , hit]) => !hit || !target.contains(hit));
      return missed
        ? ['a finger at ' + missed.slice(0, 2) + ' from the middle of ' + named(control) + ' (' + width.toFixed(0) + ' x ' + height.toFixed(0) + ') meets ' + (missed[2] ? named(missed[2]) : 'nothing')]
        : [];
    });

  // ---- Layout: nothing cut off, nothing upon another, WCAG 2.2, 1.4.4 and 1.4.10 --------------

  // Tables may scroll sideways: their meaning hangs on two dimensions.
  const outside = (element) => !element.closest('.scroll');
  const within = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()];
  };
  const cut = () => {
    const frame = view().getBoundingClientRect();
    return all('*').filter(outside).filter((element) => element.checkVisibility()).flatMap((element) => {
      const faults = [];
      const { left, right, width } = element.getBoundingClientRect();
      if (width && (left < frame.left - 1 || right > frame.right + 1)) faults.push('stands out of the view');
      const scrolls = element === view() || element.matches('.body, .choice');
      if (scrolls && element.scrollWidth > element.clientWidth + 1) faults.push('is wider than its place');
      // The width to scroll counts margins too, which nobody sees.
      if (element.matches('label, .row') && within(element).some((box) => box.right > right + 1)) faults.push('is wider than its place');
      const hides = element.matches('.choice') || (element === view() && getComputedStyle(element).overflowY === 'hidden');
      if (hides && element.scrollHeight > element.clientHeight + 1) faults.push('is higher than its place');
      return faults.map((fault) => named(element) + ' ' + fault);
    });
  };
  const upon = () => {
    const boxes = [];
    const walker = document.createTreeWalker(view(), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || !element.checkVisibility() || parseFloat(getComputedStyle(element).fontSize) === 0) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      // These scroll apart from each other.
      const place = element.closest('header, .body, footer, .actions, .banner');
      for (const box of range.getClientRects()) boxes.push({ node, box, place });
    }
    boxes.sort((a, b) => a.box.top - b.box.top);
    const faults = new Set();
    boxes.forEach((a, n) => {
      for (const b of boxes.slice(n + 1)) {
        const down = a.box.bottom - b.box.top;
        if (down <= 0) break;
        const along = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        // Boxes of lines are higher than what is drawn in them.
        const much = down > 0.4 * Math.min(a.box.height, b.box.height);
        if (a.node !== b.node && a.place === b.place && along > 2 && much) {
          faults.add('"' + a.node.data.slice(0, 20) + '" is upon "' + b.node.data.slice(0, 20) + '"');
        }
      }
    });
    return [...faults];
  };
  // What there is to read keeps two fifths of a sheet, unless all of the sheet scrolls; the banner
  // shows all its answers, on a screen of any size.
  const room = () => {
    const body = root.querySelector('dialog > .body');
    if (body) {
      const share = body.clientHeight / view().clientHeight;
      const enough = share >= 0.4 || body.scrollHeight <= body.clientHeight || getComputedStyle(view()).overflowY === 'auto';
      return enough ? [] : ['the text has ' + (share * 100).toFixed(0) + ' % of the sheet'];
    }
    if (!view().matches('.banner')) return [];
    const frame = view().getBoundingClientRect();
    return all('.choice').flatMap((choice) => {
      const { top, bottom } = choice.getBoundingClientRect();
      return top >= Math.max(frame.top, 0) && bottom <= Math.min(frame.bottom, innerHeight) ? [] : [named(choice) + ' is out of sight'];
    });
  };
  const layout = () => (view() ? [...cut(), ...upon(), ...room()] : []);

  // ---- Motion: none for whoever asked for none, WCAG 2.2, 2.3.3 --------------------------------

  const motion = () =>
    all('*').flatMap((element) => ['', '::before'].map((pseudo) => ({ element, style: getComputedStyle(element, pseudo) })))
      .filter(({ style }) => style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0)
      .map(({ element }) => named(element) + ' moves');

  return { contrast, targets, layout, motion };
})();
