// ---- What is loaded -------------------------------------------------------------------------

// The properties by which elements load, and all attributes.
const PROPERTIES = 'src Script IFrame Embed Media Source Track Input Image|srcset Image Source|data Object|href Link|poster Video|ping Anchor';
const NAMES = /^(src|srcset|href|data|poster|ping|srcdoc)$/i;
// The technology by which an element loads.
const wayOf = (element) => (/^(script|link)$/.test(element) ? 'script' : /^(iframe|embed|object)$/.test(element) ? 'iframe' : 'pixel');
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
const attributesBut = (what) => new Pattern('([\\s"\'/])(src|srcset|href|data|poster|ping)(\\s*=\\s*)' + what + '("[^"]*"|\'[^\']*\'|[^\\s>]+)', 'gi');
// Kept, because an engine forgets what nobody keeps. All, and those that are not plain.
let every;
let some;
const decoded = (text) => {
  const decoder = doc.createElement('textarea');
  decoder.innerHTML = html(text);
  return decoder.value;
};
const clean = (given) => {
  const text = '' + given;
  const attributes = isPlain(home()) ? some = some || attributesBut('(?!(["\'])' + PLAIN + '(?:[?#]\\S*)?\\4)') : every = every || attributesBut('()');
  const cleaned = text.replace(attributes, (found, before, attribute, is, _, quoted, at) => {
    const name = attribute.toLowerCase();
    const value = quoted.replace(/^["']|["']$/g, '');
    const tag = /^<([a-z]+)/i.exec(text.substr(text.lastIndexOf('<', at), 9));
    const by = heldBy(tag ? tag[1].toLowerCase() : 'a', name, /^[^?]*&/.test(value) ? decoded(value) : value);
    return by ? before + 'data-purpose=' + by + ' data-' + name + is + quoted : found;
  });
  return cleaned === text ? given : html(cleaned);
};
const watchLoads = (scope) => {
  PROPERTIES.split('|').forEach((row) => {
    const [name, ...elements] = row.split(' ');
    elements.forEach((element) => patchOf(scope['HTML' + element + 'Element'], name, (self, args) => hold(self, name, args[0])));
  });
  const element = scope.Element;
  const attribute = (at) => (self, args) => {
    const name = '' + args[at];
    if (!NAMES.test(name)) return;
    if (/^srcdoc$/i.test(name)) args[at + 1] = clean(args[at + 1]);
    else return hold(self, name, args[at + 1]);
  };
  patchOf(element, 'setAttribute', attribute(0));
  patchOf(element, 'setAttributeNS', attribute(1));
  const node = (self, args) => NAMES.test(args[0].name) && hold(self, args[0].name, args[0].value) && (() => null);
  patchOf(element, 'setAttributeNode', node);
  patchOf(element, 'setAttributeNodeNS', node);
  patchOf(scope.Attr, 'value', (self, args) => NAMES.test(self.name) && self.ownerElement && hold(self.ownerElement, self.name, args[0]));
  const text = (at) => (_, args) => { if (at in args) args[at] = clean(args[at]); };
  [element, scope.ShadowRoot].forEach((owner) => ['innerHTML', 'outerHTML', 'setHTMLUnsafe'].forEach((name) => patchOf(owner, name, text(0))));
  patchOf(element, 'insertAdjacentHTML', text(1));
  patchOf(scope.HTMLIFrameElement, 'srcdoc', text(0));
  patchOf(scope.Range, 'createContextualFragment', text(0));
  patchOf(scope.DOMParser, 'parseFromString', (_, args) => { if (/html/.test(args[1])) args[0] = clean(args[0]); });
  patch(scope.Document, 'parseHTMLUnsafe', text(0));
  const write = (_, args) => {
    if (1 in args) args[0] = args.splice(0).map(String).join('');
    text(0)(_, args);
  };
  patchOf(scope.Document, 'write', write);
  patchOf(scope.Document, 'writeln', write);
  ['contentWindow', 'contentDocument'].forEach((name) => patchOf(scope.HTMLIFrameElement, name, (self, args) => (native) => {
    const found = call(native, self, args);
    enter(name === 'contentWindow' ? found : found && found.defaultView);
    return found;
  }));
};
