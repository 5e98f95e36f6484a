// What observations are made of: in the page before anything is looked at.
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
// How an error looks to a page.
const told = (error) => `${error && error.name}: ${error && error.message}`;
const attempt = (act) => {
  try { return act(); } catch (error) { return 'throws ' + told(error); }
};
// The names of the events of a target in their order, until one of `last` or the time is over.
const heard = (target, names, last, ms = 2500) => new Promise((done) => {
  const list = [];
  const end = setTimeout(() => done([...list, 'no end']), ms);
  names.forEach((name) => target.addEventListener(name, () => {
    list.push(name);
    if (last.includes(name)) {
      clearTimeout(end);
      setTimeout(() => done(list), 20);
    }
  }));
});
// Runs steps, `[name, act]`, one after the other: what each gives or throws, as text.
const observe = async (steps) => {
  const seen = {};
  for (const [name, act] of steps) {
    let found;
    try {
      found = await Promise.race([act(), pause(10000).then(() => 'no end')]);
    } catch (error) {
      found = 'throws ' + told(error);
    }
    const text = JSON.stringify(found === undefined ? 'undefined' : found) || String(found);
    if (name in seen) throw new Error('twice: ' + name);
    seen[name] = text;
  }
  return seen;
};
