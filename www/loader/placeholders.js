// Placeholders: beside each frame, picture or player of the page that is held back stands an element of
// ours in its place, which says whose it is and what for, and agrees to that purpose alone. What it says,
// and what a tap on it does, is the module's (src/held.rs); where it stands and how large it is, is told
// here. The guard holds and lets go: what has `data-src` is held.
zqModule.placeholders = (host, core) => {
  const NAME = 'zhiqing-placeholder';
  const ELEMENTS = ['iframe', 'img', 'video', 'audio', 'embed', 'object'].map((name) => name + '[data-purpose]').concat(NAME).join();
  // How long a page may change before it is looked at, in milliseconds.
  const SETTLED = 100;
  // What is smaller, in CSS pixels, is not there to be looked at.
  const SMALLEST = 40;
  // What the page's styles say of a held element's room is said of its placeholder.
  const ROOM = 'box-sizing min-width max-width max-height margin padding border-width border-style border-radius position top right bottom left z-index float clear flex order align-self justify-self grid-area vertical-align transform'.split(' ');
  // What changes whether an element is there, shown or held.
  const ATTRIBUTES = ['class', 'style', 'hidden', 'data-purpose', 'data-src', 'data-data'];

  // The address from which an element is held back.
  const address = (element) => element.getAttribute('data-src') || element.getAttribute('data-data');
  const source = (element) => {
    try { return new URL(address(element), document.baseURI); } catch (_) { return null; }
  };

  // The banner's style sheet and the placeholders' own, which all of them share.
  let styles;
  const sheets = () => {
    if (styles) return styles;
    host.style(zqModule.css.held);
    const root = host.mount();
    const adopted = root.adoptedStyleSheets;
    // The guard made them as this browser and the page's policy allow.
    const all = adopted && adopted.length ? adopted : root.querySelectorAll('style');
    styles = all.length > 1 ? [all[0], all[all.length - 1]] : [].slice.call(all);
    return styles;
  };
  const dress = (root) => {
    const [first] = sheets();
    if (first && first.localName !== 'style') root.adoptedStyleSheets = styles;
    else {
      styles.forEach((element) => {
        const copy = element.cloneNode(true);
        // A nonce is not copied.
        copy.nonce = element.nonce;
        root.appendChild(copy);
      });
    }
  };

  // Hides an element; what its own style said of `display`.
  const hide = ({ style, attributes }) => {
    const before = { value: style.getPropertyValue('display'), priority: style.getPropertyPriority('display'), styled: attributes.style };
    style.setProperty('display', 'none', 'important');
    return before;
  };
  const restore = (element, { value, priority, styled }) => {
    const style = element.style;
    style.removeProperty('display');
    if (value) style.setProperty('display', value, priority);
    else if (!styled && !style.length) element.removeAttribute('style');
  };

  // Hides an element; gives how its placeholder is displayed and what its own style said. Nothing where it
  // is not there to be looked at: hidden by the page, outside of it, or of the size of a tracking pixel.
  const hidden = (element) => {
    const style = getComputedStyle(element);
    // In a hidden frame some browsers compute none.
    if (!style || !element.style) return null;
    const { display, visibility } = style;
    const { width, height, right, bottom } = element.getBoundingClientRect();
    const outside = right + pageXOffset < 0 || bottom + pageYOffset < 0;
    const inline = /^inline/.test(display);
    const picture = element.localName === 'img';
    // Where nothing is laid out, as in a view that is closed, nobody knows yet.
    const small = !picture && width + height > 0 && Math.min(width, height) < SMALLEST;
    if (display === 'none' || visibility !== 'visible' || outside || small) return null;
    const before = hide(element);
    // A picture without an address has no room: its style tells it what it will have.
    const shaped = /\//.test(style.getPropertyValue('aspect-ratio'));
    const roomy = (length) => {
      // A share of something has no length here.
      return /^[\d.]+px$/.test(length) ? parseFloat(length) >= SMALLEST : shaped;
    };
    if (picture && !(roomy(style.width) && roomy(style.height))) {
      restore(element, before);
      return null;
    }
    return { display: inline ? 'inline-grid' : 'grid', before };
  };

  // Moves the focus to an element that takes none by itself.
  const focus = (element) => {
    element.focus();
    if (document.activeElement === element || element.hasAttribute('tabindex')) return;
    element.tabIndex = -1;
    element.focus();
    // Keys go on from there all the same.
    element.removeAttribute('tabindex');
  };

  // A control of a placeholder was used. The guard answers the link to the preferences, as on any
  // control of the page.
  const tapped = (one, event) => {
    const hook = event.target.getAttribute('data-zq');
    // No script agrees here, and nobody by the second half of a double tap.
    if (!event.isTrusted || event.detail > 1) return;
    if (hook === 'load') core.load(one.purpose);
    const url = hook === 'open' && source(one.held);
    // A link would let a browser look the host up before anybody taps it.
    if (url) open(url.href, '_blank', 'noopener,noreferrer');
  };

  // Takes the place of an element; nothing where nobody is meant to see that.
  const taken = (held) => {
    const one = hidden(held);
    if (!one) return null;
    const own = document.createElement(NAME);
    own.lang = host.mount().host.lang;
    // A sheet that was opened from here gives the focus back to its button.
    const root = own.attachShadow({ mode: 'open', delegatesFocus: true });
    dress(root);
    const room = document.createElement('div');
    room.className = 'room';
    root.appendChild(room);
    root.addEventListener('click', (event) => tapped(one, event), true);
    return Object.assign(one, { held, own, room });
  };

  // Takes the room of the element. While that is not displayed, its style tells percentages as they
  // are written, so that the room follows the page.
  const fit = (one) => {
    const style = getComputedStyle(one.held);
    if (!style) return;
    const get = (name) => style.getPropertyValue(name);
    const name = one.held.localName;
    let width = get('width');
    let height = get('height');
    let ratio = get('aspect-ratio');
    const shaped = /\//.test(ratio);
    // What CSS gives these elements where nothing is said.
    if (width === 'auto' && (!shaped || height === 'auto')) width = '300px';
    if (height === 'auto' && !shaped) {
      if (name === 'video') ratio = '16/9';
      else height = '150px';
    }
    // Higher than its controls: these leave no room for words.
    const lowest = name === 'audio' ? '90px' : get('min-height');
    const own = [['display', one.display], ['width', width], ['height', height], ['aspect-ratio', ratio], ['min-height', lowest]];
    const text = own.concat(ROOM.map((name) => [name, get(name)])).map(([name, value]) => `${name}:${value}!important;`).join('');
    if (text === one.style) return;
    one.own.style.cssText = one.style = text;
    const shown = one.own.getBoundingClientRect();
    // A share of a height that is not known counts as nothing said.
    if (shown.width > 0 && shown.height < 1) one.own.style.setProperty('height', '150px', 'important');
  };

  const focused = (one) => document.activeElement === one.own;
  const say = (one, html) => {
    const { held, own } = one;
    if (own.previousSibling !== held && held.parentNode) held.parentNode.insertBefore(own, held.nextSibling);
    fit(one);
    one.purpose = held.getAttribute('data-purpose');
    if (one.said === html) return;
    one.said = html;
    const had = focused(one);
    one.room.innerHTML = host.html(html);
    if (had) own.focus();
  };

  // Whether it is still to be seen; hides the element again where the page has styled it anew.
  const stays = (one) => {
    if (one.held.style.getPropertyPriority('display') === 'important') return true;
    one.before = hide(one.held);
    return one.before.value !== 'none';
  };
  // Brings the element back as it was.
  const leave = (one) => {
    const had = focused(one);
    one.own.remove();
    restore(one.held, one.before);
    if (had) focus(one.held);
  };

  // Holds an element back again: what it showed ends, and its address waits for the next grant.
  const putBack = (element) => {
    const name = element.localName === 'object' ? 'data' : 'src';
    const value = element.getAttribute(name);
    const parent = element.parentNode;
    if (value === null || !parent) return;
    // What is embedded ends only when it is taken out.
    const next = element.nextSibling;
    element.remove();
    element.setAttribute('data-' + name, value);
    element.removeAttribute(name);
    parent.insertBefore(element, next);
    // A player plays what it has, unless it is told that there is nothing.
    if (typeof element.load === 'function') element.load();
  };

  // Takes away a copy that the page made of a placeholder, and shows the copy of what it stood for.
  const removeCopy = (own) => {
    const held = own.previousElementSibling;
    own.remove();
    if (held && address(held)) held.style.removeProperty('display');
  };

  const observer = window.MutationObserver && new MutationObserver(() => {
    observer.disconnect();
    setTimeout(place, SETTLED);
  });

  let placed = [];
  let busy = false;
  // Puts back what was withdrawn, and gives what is held its placeholder, which is taken away from the
  // rest. The page may act while this does, as when the focus moves.
  const place = () => {
    if (busy) return;
    busy = true;
    // What one element of a page makes fail fails for this time: the page goes on, and is looked at again.
    try { placeAll(); } catch (error) { host.warn(error.message); }
    busy = false;
    // The document itself, whose root element a page may replace; once each time, so that a page that changes
    // all the time is not slowed.
    if (!observer) return;
    observer.disconnect();
    observer.observe(document, { childList: true, subtree: true, attributeFilter: ATTRIBUTES });
  };
  const placeAll = () => {
    const held = [];
    const elements = document.querySelectorAll(ELEMENTS);
    // Read once: each reading asks the browser's stores.
    if (elements.length) core.takeUp();
    elements.forEach((element) => {
      const name = element.localName;
      if (name === NAME) {
        if (!placed.some((one) => one.own === element)) removeCopy(element);
        return;
      }
      // A picture that was loaded sends nothing more.
      if (name !== 'img' && core.isWithdrawn(element.getAttribute('data-purpose') || '')) putBack(element);
      if (address(element)) held.push(element);
    });
    placed = placed.filter((one) => {
      const stay = held.indexOf(one.held) >= 0 && stays(one);
      if (!stay) leave(one);
      return stay;
    });
    held.forEach((element) => {
      const url = source(element);
      const web = url && /^http/.test(url.protocol);
      const name = element.localName;
      const html = core.held(
        element.getAttribute('data-purpose') || '',
        web ? url.hostname + url.pathname : '',
        Boolean(web) && url.hostname === location.hostname,
        name === 'img',
        Boolean(web) && name === 'iframe'
      );
      // Nothing is said of what is about to be let go.
      if (html === undefined) return;
      let one = placed.find((it) => it.held === element);
      if (!one) {
        one = taken(element);
        if (!one) return;
        placed.push(one);
      }
      say(one, html);
    });
  };

  // At once on a decision: what the guard let go a moment ago takes the room of its placeholder.
  document.addEventListener('zhiqing:change', place, true);
  // A phone's address bar resizes the page all the time: once a frame is enough.
  let resized = false;
  addEventListener('resize', () => {
    if (resized) return;
    resized = true;
    requestAnimationFrame(() => {
      resized = false;
      place();
    });
  }, true);
  place();
};
