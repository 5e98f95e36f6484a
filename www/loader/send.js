// Sends what waits in the outbox, one record at a time and each subject's in order, and asks the server what
// was decided where the browser forgot. What a record is, and what becomes of a receipt, is the module's
// (src/report.rs, src/recall.rs).
//
// A record is sent until the server has it or returns it, and the next of its subject only then. So it harms
// nothing where two send at a time, or one sends twice: the same record is the same to the server.
zqModule.sender = (host, core, notice, box) => {
  const { pause, quietly } = zqModule;
  // The record itself. Everything else is the way to the server; so are 400 and 413, which the server never
  // says of one record, but what stands between may, as of a cookie that is too long.
  const RETURNED = [409, 422];
  // How long the server may take to answer, in milliseconds.
  const LIMIT = 30000;
  // The wait after a failure is anything up to the first of these, up to twice as long after each more, and
  // never longer than the second: many browsers that failed together do not come back together.
  const FIRST = 1000;
  const LONGEST = 300000;
  // How long a record waits for a server that does not know its notice: its id begins with when it was made, in
  // units of 65,536 ms.
  const DAYS = 3 * 86400000;
  // The most that is believed of Retry-After.
  const HOUR = 3600000;
  // How many records may go at once: a request that outlives its page has 64 KiB.
  const MOST = 40;
  // Names in local storage: until when the server wants to be left alone, and until when a tab sends.
  const LATER = 'later';
  const SENDER = 'sender';

  let sending = false;
  // Whether anything came meanwhile.
  let asked = false;
  let failures = 0;
  let timer;
  let later = 0;
  // What is being sent; and what lets the other tabs send meanwhile.
  let under;
  let letGo = () => {};
  // What was sent as the page was hidden.
  let sent;

  const failed = (url) => (error) => { throw new Error(url + ': ' + (error && error.message || 'unknown error')); };
  // The page may have put anything in its place.
  const fetched = (url, init) => new Promise((done) => done(fetch(url, init))).catch(failed(url));
  const good = (url) => (answer) => {
    if (!answer.ok) throw new Error(url + ' answered ' + answer.status);
    return answer.text();
  };
  // Old browsers send no cookies by themselves, and take none.
  const init = (bearer, more) => Object.assign({
    credentials: 'same-origin',
    headers: { authorization: 'Bearer ' + bearer, 'content-type': 'application/json' }
  }, more);
  // A path of the API: below the notice's base, seen from the page.
  const address = (path) => new URL(notice.report + path, location.href).href;
  const consents = address('/consents');
  // `keepalive` lets the request outlive the page, as when the person leaves right after deciding. Chromium
  // before 81 refuses it together with a token, and every browser with a long content: there it is sent
  // without. A record that the server has is the same record when it comes again.
  const post = (bearer, body, signal) => {
    const tried = (keepalive) => fetched(consents, init(bearer, { method: 'POST', body, keepalive, signal }));
    return tried(true).catch(() => tried(false));
  };
  // The answer and its text, or a failure when that takes too long.
  const answered = ({ bearer, record }) => {
    const control = window.AbortController ? new AbortController() : {};
    return Promise.race([
      post(bearer, record, control.signal).then((answer) => answer.text().then((text) => [answer, text])),
      pause(LIMIT).then(() => {
        if (control.abort) control.abort();
        throw new Error(consents + ' does not answer');
      })
    ]);
  };

  // Until the server may be asked again, in milliseconds. What a clock that was set back makes of it is none.
  const rest = () => {
    const left = Math.max(later, box.recall(LATER) || 0) - Date.now();
    return left > HOUR ? 0 : left;
  };
  // Takes up Retry-After: seconds, or a moment.
  const wait = (said) => {
    const ms = /^\d+$/.test(said) ? said * 1000 : Date.parse(said) - Date.now();
    if (!(ms > 0)) return;
    later = Date.now() + Math.min(ms, HOUR);
    box.remember(LATER, later);
  };
  const chance = (ms) => Math.random() * ms;

  // Sends a record; a promise of whether that settled it. What the server refuses for what it says would be
  // refused again: it is put aside, so that the next one gets through. Everything else waits.
  const settle = (it) => answered(it).then(([answer, text]) => {
    const { status } = answer;
    const said = quietly(() => JSON.parse(text)) || {};
    // What answers in the server's place, as a network that wants a sign-in, has no receipt.
    if (answer.ok && quietly(() => said.receipts[0].record.id) === it.id) {
      core.settled(it.id, text);
      failures = later = 0;
      box.forget(LATER);
      return box.drop(it.id).then(() => true);
    }
    wait(answer.headers.get('retry-after'));
    const field = said.field || '';
    let remedy = '';
    // For a weekend at most: a notice that was deployed by mistake must not stand before a withdrawal for ever.
    if (field === 'notice.digest' && parseInt(it.id, 16) * 65536 > Date.now() - DAYS) {
      remedy = '; the server does not know this notice: restart it with the settings that this page was built from';
    } else if (answer.ok || status === 404 || status === 405 || status === 501) {
      remedy = '; is [report] url the address of the consent API?';
    }
    host.warn(`the record was not taken by ${consents}: ${status} ${field} ${said.detail || ''}${remedy}`);
    if (RETURNED.indexOf(status) < 0 || remedy) return false;
    box.land(it.bearer, it.record, status);
    return true;
  }).catch((error) => {
    host.warn('the record could not be sent and waits: ' + error.message + '; a page of another origin must be among the site\'s origins');
    return false;
  });
  const look = () => Promise.resolve().then(() => {
    core.mend();
    return box.look();
  });
  // One after the other; a subject whose record waits is in nobody else's way.
  const sendAll = (stuck) => look().then((all) => {
    // A clock that was set back puts a record before the one that it follows.
    const next = all.filter((it) => stuck.indexOf(it.bearer) < 0 && !all.some((other) => other.id === it.previous))[0];
    if (!next || rest() > 0) return undefined;
    return settle(next).then((settled) => {
      if (!settled) stuck.push(next.bearer);
      return sendAll(stuck);
    });
  });

  // One tab at a time, for as long as it sends: by a lock, or where there are none (Chromium before 69,
  // Safari before 15.4, http) by a lease that ends by itself. Who waits longer than that, or has
  // nothing to write it to, goes on.
  const alone = (work) => {
    let begun;
    const mine = () => begun = begun || Promise.race([under = work(), new Promise((done) => { letGo = done; })]);
    // A page that was left while it waited may hold the lock in the browser's cache of pages.
    if (navigator.locks) return Promise.race([navigator.locks.request('zq.' + notice.site, mine).catch(mine), pause(LIMIT).then(mine)]);
    const lease = () => {
      const left = box.recall(SENDER) - Date.now();
      if (left > 0 && left <= LIMIT) return pause(chance(FIRST)).then(lease);
      box.remember(SENDER, Date.now() + LIMIT);
      return mine().then(() => box.forget(SENDER));
    };
    return lease();
  };
  const send = () => {
    clearTimeout(timer);
    asked = sending;
    if (sending) {
      // It may wait for another tab.
      look().catch(() => {});
      return;
    }
    sending = true;
    const stuck = [];
    // What landed is moved in any case, and nobody is kept waiting for nothing.
    look().then((all) => all.length && alone(() => sendAll(stuck)).then(() => under)).then(() => core.showReceipt()).catch((error) => host.warn(error.message)).then(() => {
      sending = false;
      const left = rest();
      // What failed just now would fail again.
      if (asked && !stuck[0]) send();
      // Without a network it goes when that is there again.
      else if (box.waiting().length && (left > 0 || navigator.onLine !== false)) {
        timer = setTimeout(send, left > 0 ? left + chance(FIRST) : chance(Math.min(FIRST * Math.pow(2, failures++), LONGEST)));
      }
    });
  };

  return {
    // Sends now, unless the server wants to be left alone: something was decided, the page was opened or came
    // back, the network did.
    wake() {
      failures = 0;
      send();
    },
    // The page goes, perhaps for good: what waits goes with it, in order and at once. What comes of it is seen
    // when it is sent again. There is no time to ask the database, where another tab may have put an earlier
    // one: only what follows what the server has is sent.
    leave() {
      letGo();
      if (rest() > 0) return;
      let last = quietly(() => JSON.parse(box.recall('receipt')).record.id);
      let bearer;
      const records = [];
      box.waiting().forEach((it) => {
        if ((it.previous || last) !== last || (bearer || it.bearer) !== it.bearer || records.length >= MOST) return;
        bearer = it.bearer;
        last = it.id;
        records.push(it.record);
      });
      const body = '[' + records + ']';
      if (bearer && body !== sent) post(bearer, body).catch(() => {});
      sent = body;
    },
    // Asks, if it is known who decides, and what was decided here is nobody's, or another's.
    recall() {
      const unknown = core.unknown();
      if (unknown === undefined) return;
      const [subject, bearer] = unknown.split(' ');
      const url = address('/consents/' + subject);
      // What is not sent yet is later than whatever the server has.
      box.look().then((all) => all.some((it) => it.bearer === bearer) || fetched(url, init(bearer)).then(good(url)).then((text) => {
        // Nobody decided meanwhile.
        if (core.unknown() === unknown) core.recall(text, bearer);
      })).catch((error) => host.warn('what was decided before cannot be read: ' + (error.message || error)));
    },
    // A built file.
    text: (url) => fetched(url).then(good(url))
  };
};
