// What axe does not look at, or cannot decide: faults of the view that is open, each in words.
window.faults = (() => {
  const notice = document.querySelector('zhiqing-notice');
  const shows = (root) => root.querySelector('dialog, .banner, .handle');
  const placed = document.querySelector('zhiqing-placeholder');
  const inside = notice && placed && !shows(notice.shadowRoot) ? placed : notice;
  const root = inside ? inside.shadowRoot : document;
  // Where scripts are off a form takes the place of them all.
  const view = () => root.querySelector('dialog') ?? root.querySelector('.banner, .handle, .zhiqing-form, .held');
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
  // What its ground alone tells apart has a border where grounds are not to be relied on.
  const BORDERED = [
    ['(prefers-contrast: more)', '.choice'],
    ['(forced-colors: active)', '.choice, .banner, .sheet, .card, .note, .tag, .contents, .switch, .check'],
  ];
  const borders = () =>
    BORDERED.filter(([query]) => matchMedia(query).matches).flatMap(([, selector]) => all(selector))
      .filter((element) => element.checkVisibility() && !(parseFloat(getComputedStyle(element).borderTopWidth) >= 1))
      .map((element) => named(element) + ' has no border');
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
    return [...new Set([...faults, ...parts, ...borders()])];
  };

  // ---- Targets: 44 by 44 CSS pixels around the middle of each control, WCAG 2.2, 2.5.5 --------

  const TARGET = 44;
  const targets = () =>
    all('button, input:enabled, summary, a[href]').filter((control) => control.checkVisibility()).flatMap((control) => {
      const target = control.closest('label') ?? control;
      target.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = target.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hits = (x, y) => target.contains(root.elementFromPoint(x, y));
      // Pixel by pixel. An edge within a pixel meets all of it: one of them may be a part only.
      const span = (hit) => [1, -1].reduce((sum, way) => {
        let n = 0;
        while (n < TARGET && hit(way * (n + (way < 0 ? 1 : 0)))) n += 1;
        return sum + n;
      }, 0);
      const [column, row] = [Math.floor(x) + 0.5, Math.floor(y) + 0.5];
      const [wide, high] = [span((n) => hits(column + n, row)), span((n) => hits(column, row + n))];
      const short = (pixels, own) => pixels < TARGET || (pixels === TARGET && own < TARGET - 0.1);
      return short(wide, width) || short(high, height)
        ? ['a finger has ' + wide + ' x ' + high + ' px of ' + named(control) + ' (' + width.toFixed(0) + ' x ' + height.toFixed(0) + ')']
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
  // What there is to read keeps two fifths of a sheet, unless all of the sheet scrolls. The banner
  // shows all its answers, unless they scroll with its words.
  const room = () => {
    const body = root.querySelector('dialog > .body');
    if (body) {
      const share = body.clientHeight / view().clientHeight;
      const enough = share >= 0.4 || body.scrollHeight <= body.clientHeight || getComputedStyle(view()).overflowY === 'auto';
      return enough ? [] : ['the text has ' + (share * 100).toFixed(0) + ' % of the sheet'];
    }
    if (!view().matches('.banner')) return [];
    const frame = view().getBoundingClientRect();
    const answers = root.querySelector('.actions');
    const stays = getComputedStyle(answers).position === 'sticky';
    const away = all('.choice').filter((choice) => {
      if (!stays) choice.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      const { top, bottom } = choice.getBoundingClientRect();
      return top < Math.max(frame.top, 0) || bottom > Math.min(frame.bottom, innerHeight);
    });
    // Two lines are seen at a time above answers that stay.
    const left = view().clientHeight - (stays ? answers.offsetHeight : 0);
    const line = parseFloat(getComputedStyle(view()).lineHeight);
    const covered = left < 2 * line ? ['the answers leave ' + left + ' px for the words'] : [];
    return [...away.map((choice) => named(choice) + ' is out of sight'), ...covered];
  };
  const layout = () => (view() ? [...cut(), ...upon(), ...room()] : []);

  // ---- Motion: none for whoever asked for none, WCAG 2.2, 2.3.3 --------------------------------

  const motion = () =>
    all('*').flatMap((element) => ['', '::before'].map((pseudo) => ({ element, style: getComputedStyle(element, pseudo) })))
      .filter(({ style }) => style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0)
      .map(({ element }) => named(element) + ' moves');

  // ---- Focus: an outline that stands out, nothing in front, WCAG 2.2, 1.4.11, 2.4.7 and 2.4.11 -

  const focus = () => {
    const element = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
    const style = getComputedStyle(element);
    const told = (fault) => ['the focus ' + fault + ' on ' + named(element)];
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return told('has no outline');
    // It is drawn around the element, on what is behind that.
    const behind = ground(up(element));
    const found = ratio(over(parsed(style.outlineColor), behind), behind);
    if (found < 3) return told('has an outline of contrast ' + found.toFixed(2));
    const place = (element.closest('.body') ?? view()).getBoundingClientRect();
    const [{ left, top, right, bottom }] = element.getClientRects();
    const x = (Math.max(left, place.left, 0) + Math.min(right, place.right, innerWidth)) / 2;
    const y = (Math.max(top, place.top, 0) + Math.min(bottom, place.bottom, innerHeight)) / 2;
    const hit = root.elementFromPoint(x, y);
    return hit && element.contains(hit) ? [] : told('is behind ' + (hit ? named(hit) : 'nothing'));
  };

  return { contrast, targets, layout, motion, focus };
})();
