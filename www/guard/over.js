// ---- The banner over the page ---------------------------------------------------------------

// In the guard of sites whose banner lies over the page: it is a dialog. Closing it is no answer, and
// keeps nobody from the page.
over = (element) => {
  // A newer notice may have it elsewhere.
  if (element.localName !== 'dialog') return;
  element.onclose = hideBanner;
  if (element.showModal) element.showModal();
  else element.setAttribute('open', '');
  unseen();
};
// Where the page hides our element, a dialog that nobody sees must not stop it.
const unseen = () => {
  const element = find('.over');
  if (element && !element.offsetWidth) hideBanner();
};
page.addEventListener('load', unseen);
