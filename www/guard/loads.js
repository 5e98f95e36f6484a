// ---- What is loaded -------------------------------------------------------------------------

// The attributes by which elements load.
const ATTRIBUTES = 'src|srcset|href|data|poster|ping'.split('|');
const NAMES = /^(src|srcset|href|data|poster|ping|srcdoc)$/i;
// The technology by which an element loads.
const wayOf = (element) => ({ script: 'script', iframe: 'iframe', embed: 'iframe', object: 'iframe', link: 'script' })[element] || 'pixel';
const heldBy = (element, name, value) => {
  // Others lead somewhere, when somebody follows them.
  if (name === 'href' && !/^(link|image|use|script)$/.test(element)) return;
  // A set of pictures is held whole.
  const addresses = name === 'srcset' ? value.trim().split(/,?\s+(?:[\d.]+[wx],?\s*)?/) : [value];
  let by;
  for (let at = 0; at < addresses.length && !by; at++) by = judge(name === 'ping' ? 'beacon' : wayOf(element), addresses[at]);
  return by;
};
const put = doc && Element.prototype.setAttribute;
const holding = new WeakSet();
const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
// Holds an element back, in the form in which pages hold theirs (held.js), if it must be.
const hold = (element, attribute, given) => {
  const name = attribute.toLowerCase();
  const value = '' + given;
  const by = heldBy(element.localName, name, value);
  if (by) {
    call(put, element, ['data-' + name, value]);
    call(put, element, ['data-purpose', by]);
    holding.add(element);
    // One that is in no page is made to send, and sends nothing later.
    if (element.localName === 'img' && name === 'src' && !element.isConnected) call(put, element, [name, PICTURE]);
    return nothing;
  }
  if (holding.has(element)) element.removeAttribute('data-' + name);
};
// Attributes in text that becomes elements. Where a text only looks like it, nothing is lost: its
// address is one that is held back.
const ATTRIBUTE = /([\s"'\/])(src|srcset|href|data|poster|ping)(\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)/gi;
let decoder;
const decoded = (text) => {
  decoder = decoder || doc.implementation.createHTMLDocument('').createElement('textarea');
  decoder.innerHTML = html(text);
  return decoder.value;
};
const clean = (given) => {
  const text = '' + given;
  const cleaned = text.replace(ATTRIBUTE, (all, before, attribute, is, quoted, at) => {
    const name = attribute.toLowerCase();
    const value = quoted.replace(/^["']|["']$/g, '');
    const tag = /^<([a-z]+)/i.exec(text.substr(text.lastIndexOf('<', at), 9));
    const by = heldBy(tag ? tag[1].toLowerCase() : 'a', name, /^[^?]*&/.test(value) ? decoded(value) : value);
    return by ? before + 'data-purpose=' + by + ' data-' + name + is + quoted : all;
  });
  return cleaned === text ? given : html(cleaned);
};
const watchLoads = (scope) => {
  'Script|Image|IFrame|Embed|Object|Link|Media|Video|Source|Track|Input|Anchor'.split('|').forEach((element) => ATTRIBUTES.forEach((name) => {
    const owner = scope['HTML' + element + 'Element'].prototype;
    if (!describe(owner, name)) return;
    patch(owner, name, (self, args) => hold(self, name, args[0]));
    patch(owner, name, (self) => {
      const value = holding.has(self) && self.getAttribute('data-' + name);
      return value && (() => (/set|ping/.test(name) ? value : new Address(value, home()).href));
    }, 'get');
  }));
  const element = scope.Element.prototype;
  const attribute = (at) => (self, args) => {
    const name = '' + args[at];
    if (!NAMES.test(name)) return;
    if (/^srcdoc$/i.test(name)) args[at + 1] = clean(args[at + 1]);
    else return hold(self, name, args[at + 1]);
  };
  patch(element, 'setAttribute', attribute(0));
  patch(element, 'setAttributeNS', attribute(1));
  const node = (self, args) => NAMES.test(args[0].name) && hold(self, args[0].name, args[0].value) && (() => null);
  patch(element, 'setAttributeNode', node);
  patch(element, 'setAttributeNodeNS', node);
  patch(scope.Attr.prototype, 'value', (self, args) => NAMES.test(self.name) && self.ownerElement && hold(self.ownerElement, self.name, args[0]));
  const text = (at) => (_, args) => { if (at in args) args[at] = clean(args[at]); };
  const fragment = scope.ShadowRoot && scope.ShadowRoot.prototype;
  [element, fragment].forEach((owner) => ['innerHTML', 'outerHTML', 'setHTMLUnsafe'].forEach((name) => patch(owner, name, text(0))));
  patch(element, 'insertAdjacentHTML', text(1));
  patch(scope.HTMLIFrameElement.prototype, 'srcdoc', text(0));
  patch(scope.Range.prototype, 'createContextualFragment', text(0));
  patch(scope.DOMParser.prototype, 'parseFromString', (_, args) => { if (/html/.test(args[1])) args[0] = clean(args[0]); });
  patch(scope.Document, 'parseHTMLUnsafe', text(0));
  const write = (_, args) => {
    if (1 in args) args[0] = args.splice(0).map(String).join('');
    text(0)(_, args);
  };
  patch(scope.Document.prototype, 'write', write);
  patch(scope.Document.prototype, 'writeln', write);
  ['contentWindow', 'contentDocument'].forEach((name) => patch(scope.HTMLIFrameElement.prototype, name, (self, args) => (native) => {
    const found = call(native, self, args);
    enter(name === 'contentWindow' ? found : found && found.defaultView);
    return found;
  }));
};
