// ---- What was held back ---------------------------------------------------------------------

// Let go by www/loader, which brings `release`.
let release = nothing;
new MutationObserver(() => {
  safely(release);
  // A page that replaces all of <html> takes our element with it.
  if (root && !root.host.isConnected) safely(mount);
}).observe(doc, { childList: true, subtree: true });
