// ---- What was held back ---------------------------------------------------------------------

// Let go by www/loader, which brings `release`; signals.js has something to say before.
let release = nothing;
let signal = nothing;
new MutationObserver((changes) => {
  safely(() => release(changes));
  // A page that replaces all of <html> takes our element with it.
  if (root && !root.host.isConnected) safely(mount);
}).observe(doc, { childList: true, subtree: true });
