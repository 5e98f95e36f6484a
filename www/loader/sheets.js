// Puts a sheet into the shadow root and takes it away. At most one is there at a time. `again` is called
// with each.
zqModule.sheets = (host, again) => {
  // What can have the focus in a sheet.
  const CONTROLS = 'button,input,summary,[tabindex="0"]';
  // What tells a control from the others of its sheet.
  const NAMES = ['id', 'data-zq', 'data-zq-purpose', 'data-zq-technology', 'aria-label'];

  const root = host.mount();
  const room = document.createElement('div');
  const find = (selector) => room.querySelector(selector);
  const all = (selector) => [].slice.call(room.querySelectorAll(selector));
  // The page's own elements may do anything when they take the focus.
  const focus = (element) => {
    try { if (element) element.focus(); } catch (_) { /* */ }
  };
  // Most pages never open a sheet.
  let styled = false;
  // Where the focus was before the first sheet: it goes back there (WCAG 2.4.3).
  let opener = null;

  const name = (control) => NAMES.map((it) => control.getAttribute(it)).join(' ');
  // The control that was there; if it is gone, the one in its place. Of several alike it is the one in the
  // same place.
  const control = (spot) => {
    const controls = all(CONTROLS);
    const there = controls[spot.at];
    const same = (it) => name(it) === spot.name;
    return there && same(there) ? there : controls.find(same) || there;
  };

  // `showModal` gives the backdrop, the trapped focus and Escape. Where the element is not known (iOS
  // before 15.4), the style sheet alone makes it a sheet.
  const open = (dialog) => {
    try {
      dialog.showModal();
      // Where the page hides our element, what nobody sees must not stop the page.
      if (dialog.getBoundingClientRect().width) return;
      dialog.close();
    } catch (_) { /* */ }
    dialog.setAttribute('open', '');
    dialog.setAttribute('role', 'dialog');
  };

  return {
    // Shows a sheet in place of whichever was there, and moves the focus to where it was in this one, or to
    // its title (WCAG 2.4.3). Without any markup the sheet goes.
    show(html, place) {
      if (!html) {
        host.setHtml(room, '');
        focus(opener);
        opener = null;
        return;
      }
      if (room.parentNode !== host.mount()) root.appendChild(room);
      again();
      if (!styled) host.style(zqModule.css.sheets);
      styled = true;
      if (!room.firstChild) opener = root.activeElement || document.activeElement;
      host.setHtml(room, html);
      const dialog = find('dialog');
      if (!dialog) return;
      open(dialog);
      const { details, scroll, spot } = place || {};
      const those = all('details');
      (details || []).forEach((at) => { if (those[at]) those[at].open = true; });
      const body = find('.body');
      if (body) body.scrollTop = scroll || 0;
      focus((spot && control(spot)) || find('#zq-title'));
    },
    // Where the person is in the sheet.
    place() {
      const at = all(CONTROLS).indexOf(root.activeElement);
      const body = find('.body');
      return {
        scroll: body ? body.scrollTop : 0,
        spot: at < 0 ? null : { at, name: name(root.activeElement) },
        details: all('details').map((it, at) => it.hasAttribute('open') ? at : -1).filter((at) => at >= 0)
      };
    },
    // Brings an element of the policy into view and marks it for a moment. The focus goes there, so that
    // keys and screen readers go on from it. Ids are hexadecimal digits behind a letter.
    goTo(id) {
      const element = /^[a-z][a-z0-9-]*$/i.test(id) && find('#' + id);
      if (!element) return;
      element.scrollIntoView();
      element.classList.add('found');
      element.tabIndex = -1;
      element.focus();
    },
    // Fills a part of the sheet anew. The focus stays with the control that has it, or goes to the one that
    // took its place.
    refill(id, html) {
      const part = find('#' + id);
      if (!part) return;
      const buttons = () => all('#' + id + ' button');
      const label = (it) => it.getAttribute('aria-label');
      const at = buttons().indexOf(root.activeElement);
      const named = at < 0 ? null : label(root.activeElement);
      host.setHtml(part, html);
      if (at < 0) return;
      const now = buttons();
      focus((named && now.find((it) => label(it) === named)) || now[Math.min(at, now.length - 1)] || find('#zq-title'));
    },
    // Says a sentence in the sheet's live region.
    say(words) {
      const region = find('.told');
      if (region) region.textContent = words;
    },
    all
  };
};
