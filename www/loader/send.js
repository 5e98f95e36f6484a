// Sends what is pending, one record at a time and in order, and asks the server what was decided where the
// browser forgot. What a record is, and what becomes of an answer, is the module's (src/report.rs,
// src/recall.rs).
zqModule.sender = (host, core, notice) => {
  // The record itself, unless the server is older than the page. Everything else is the way to the server.
  const RETURNED = [400, 409, 413, 422];
  let sending = false;

  const failed = (url) => (error) => { throw new Error(url + ': ' + (error && error.message || 'unknown error')); };
  const fetched = (url, init) => fetch(url, init).catch(failed(url));
  const good = (url) => (answer) => {
    if (!answer.ok) throw new Error(url + ' answered ' + answer.status);
    return answer.text();
  };
  // Old browsers send no cookies by themselves, and take none.
  const init = (bearer, more) => Object.assign({
    credentials: 'same-origin',
    headers: { authorization: 'Bearer ' + bearer, 'content-type': 'application/json' }
  }, more);
  // `keepalive` lets the request outlive the page, as when the person leaves right after deciding. Chromium
  // before 81 refuses it together with a token, and every browser with a long content: there it is sent
  // without. A record that the server has is the same record when it comes again.
  const post = (url, bearer, body) => {
    const tried = (keepalive) => fetched(url, init(bearer, { method: 'POST', body, keepalive }));
    return tried(true).catch(() => tried(false));
  };
  const parsed = (text) => {
    try { return JSON.parse(text) || {}; } catch (_) { return {}; }
  };
  const end = () => {
    sending = false;
    core.showReceipt();
  };
  // A path of the API: below the notice's base, seen from the page.
  const address = (path) => new URL(notice.report + path, location.href).href;

  // Where the server cannot be reached or is not able to, the record stays and is tried again at the next
  // decision, the next load, or when the browser is online again. What the server refuses for what it says
  // would be refused again: it is put aside, so that the next one gets through.
  const sendNext = () => {
    core.mend();
    const record = core.pending();
    const bearer = core.bearer();
    if (record === undefined || bearer === undefined) return end();
    const url = address('/consents');
    return post(url, bearer, record).then((answer) => answer.text().catch(() => '').then((text) => {
      const { status } = answer;
      const said = parsed(text);
      if (status === 200 || status === 201) {
        core.settled(record, text);
        return sendNext();
      }
      const field = said.field || '';
      let remedy = '';
      if (status === 422 && field === 'notice.digest') {
        remedy = '; the server does not know this notice: restart it with the settings that this page was built from';
      } else if (status === 404 || status === 405 || status === 501) {
        remedy = '; is [report] url the address of the consent API?';
      }
      host.warn(`the record was not taken by ${url}: ${status} ${field} ${said.detail || ''}${remedy}`);
      if (RETURNED.indexOf(status) < 0 || remedy) return end();
      core.settled(record);
      return sendNext();
    }), (error) => {
      host.warn('the record could not be sent and waits: ' + error.message + '; a page of another origin must be among the site\'s origins');
      end();
    });
  };

  return {
    // One sender a page.
    send() {
      if (sending) return;
      sending = true;
      new Promise((done) => done(sendNext())).catch((error) => {
        sending = false;
        host.warn(error.message);
      });
    },
    // Asks, if it is known who decides, and what was decided here is nobody's, or another's.
    recall() {
      const unknown = core.unknown();
      if (unknown === undefined) return;
      const [subject, bearer] = unknown.split(' ');
      new Promise((done) => {
        const url = address('/consents/' + subject);
        done(fetched(url, init(bearer)).then(good(url)));
      }).then((text) => core.recall(text, bearer)).catch((error) => host.warn('what was decided before cannot be read: ' + (error.message || error)));
    },
    // A built file.
    text: (url) => fetched(url).then(good(url))
  };
};
