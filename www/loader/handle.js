// The handle: leads back to the choices on a page that has no link of its own that does, because withdrawing
// is as easy as agreeing (PIPL 15). Gives what places it as the page is now.
zqModule.handle = (host, core, notice, listen) => {
  // The page's own ways back.
  const LINKS = '[data-zq=preferences],[data-zq=rights],[data-zq=withdraw]';
  // How long a page may change before it is looked at again, in milliseconds: an application that goes to
  // another view takes the old one away first.
  const SETTLED = 300;
  // What shows and hides elements, or makes them ours.
  const ATTRIBUTES = ['class', 'style', 'hidden', 'data-zq'];

  const way = (notice.banner || {}).handle || 'auto';
  const asks = notice.purposes.some((purpose) => purpose.basis !== 'none');
  let styled = false;

  // Whether the page shows a link of its own. What it does not lay out, as in a menu that is closed or a
  // view that was left, leads nobody back.
  const hasItsOwn = () => [].some.call(document.querySelectorAll(LINKS), (link) => {
    const { width, height } = link.getBoundingClientRect();
    return width > 0 && height > 0;
  });
  const observer = window.MutationObserver && new MutationObserver(() => {
    // Once each time: a page that changes all the time is not slowed.
    observer.disconnect();
    setTimeout(place, SETTLED);
  });
  const place = () => {
    const root = host.mount();
    // Otherwise the question itself is in view.
    const may = asks && !root.querySelector('.banner');
    const depends = may && way === 'auto';
    const wanted = depends ? !hasItsOwn() : may && way === 'always';
    if (observer) {
      observer.disconnect();
      // The document itself, whose root element a page may replace.
      if (depends) observer.observe(document, { childList: true, subtree: true, attributeFilter: ATTRIBUTES });
    }
    const handle = root.querySelector('.handle');
    if (handle && !wanted) handle.remove();
    if (handle || !wanted) return;
    if (!styled) host.style(zqModule.css.handle);
    styled = true;
    const holder = document.createElement('div');
    host.setHtml(holder, core.handle());
    root.appendChild(holder.firstElementChild);
  };

  // All of the page is there, somebody decided here or in another tab, the banner was closed: whether a way
  // back is needed is seen anew, once the guard has done its part.
  const soon = () => setTimeout(place);
  listen(window, 'load', soon);
  listen(document, 'zhiqing:change', soon);
  listen(host.mount(), 'close', soon);
  return place;
};
