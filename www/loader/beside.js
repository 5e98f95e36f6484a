// Keeps banner and handle beside the page: the banner out of the way of the keyboard of a phone, both off
// whatever has the focus (WCAG 2.2, 2.4.11). The banner itself is the guard's.
zqModule.beside = (host, listen) => {
  // Less than this of the height is left where a keyboard is open: the smallest take a third.
  const KEYBOARD = 0.72;
  // What is typed into.
  const EDITABLE = 'input:not([type=button]):not([type=submit]):not([type=checkbox]):not([type=radio]),textarea,[contenteditable]';
  // Space between the focused element and what would cover it, in pixels.
  const GAP = 12;
  // What may lie over the page: never both at once.
  const BANNER = 'section.banner';
  const COVERS = BANNER + ',.handle';

  const ours = (selector) => host.mount().querySelector(selector);
  const viewport = window.visualViewport;
  let width;
  let tallest = 0;
  let styled = false;

  // Hides the banner while something is typed under an open keyboard, and shows it again.
  const makeWay = () => {
    // What is enlarged with two fingers shows less of the page, and has no keyboard.
    const height = Math.min(innerHeight, viewport ? viewport.height * viewport.scale : innerHeight);
    // A phone that was turned has another height.
    tallest = width === innerWidth ? Math.max(tallest, height) : height;
    width = innerWidth;
    const focused = document.activeElement;
    const banner = ours(BANNER);
    const hide = Boolean(focused && focused.matches(EDITABLE)) && height < tallest * KEYBOARD;
    if (!banner || hide === banner.hasAttribute('hidden')) return;
    banner.hidden = hide;
    // Counts the time up to now: what is hidden asks nobody.
    host.shownMs();
  };

  const covers = (cover, element) => {
    const over = cover.getBoundingClientRect();
    const under = element.getBoundingClientRect();
    return under.bottom > over.top && under.top < over.bottom && under.right > over.left && under.left < over.right;
  };
  // At once, however the page likes to scroll: where it went is looked at right away. Old engines know no
  // options, and scroll at once.
  const scroll = (top) => {
    const root = document.documentElement;
    if ('scrollBehavior' in root.style) scrollBy({ top, behavior: 'instant' });
    else scrollBy(0, top);
  };
  // Brings a focused element out from under the banner or the handle: by scrolling the page, or, at its
  // end, by putting what covers it to the other side.
  const uncover = (element) => {
    const cover = ours(COVERS);
    if (!cover || element.localName === 'zhiqing-notice' || !covers(cover, element)) return;
    const over = cover.getBoundingClientRect();
    const under = element.getBoundingClientRect();
    const top = cover.classList.contains('top');
    const free = top ? innerHeight - over.bottom : over.top;
    // What has no room beside it, as a whole article that a page focuses, is seen in part.
    if (under.height > free - GAP) return;
    const before = pageYOffset;
    scroll(top ? under.top - over.bottom - GAP : under.bottom - over.top + GAP);
    if (!covers(cover, element)) return;
    scroll(before - pageYOffset);
    if (!styled) host.style(zqModule.css.top);
    styled = true;
    cover.classList.toggle('top');
  };

  makeWay();
  listen(document, 'focusin', ({ target }) => {
    // From one field to the next the keyboard stays, and no size changes.
    makeWay();
    if (target.getBoundingClientRect) uncover(target);
  });
  // A low window of a desktop has no keyboard that goes away.
  listen(document, 'focusout', makeWay);
  listen(window, 'resize', makeWay);
  // iOS and newer Chromium leave the window's height alone and say it here.
  if (viewport) listen(viewport, 'resize', makeWay);
};
