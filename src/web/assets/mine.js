/** Shows the list of my-jobs.js, and asks for the state of the jobs that are in view. */

const MOST_ASKED_AT_ONCE = 3;
const ASKED_WITHIN_MS = 15_000;
const LOOK_AGAIN_MS = 60_000;

const list = document.getElementById('mine');
const STATES = JSON.parse(list.dataset.states);
/** The lag of the reader's clock behind the server's, in milliseconds. */
const clockErrorMs = Number(document.body.dataset.now) - Date.now();
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** Paths in view that wait to be asked for. */
const toAsk = [];
let asking = 0;

const inView = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const { path } = target.dataset;
    if (isIntersecting && !toAsk.includes(path)) toAsk.push(path);
    if (!isIntersecting && toAsk.includes(path)) toAsk.splice(toAsk.indexOf(path), 1);
  }
  askOn();
});

function showList() {
  list.replaceChildren(...listedJobs().map(itemOf));
  lookAgain();
}

/** Drops jobs whose time is over, and asks again for those in view. The others stay, and so does the focus. */
function lookAgain() {
  const now = Date.now() + clockErrorMs;
  for (const { path, expiresAt } of listedJobs()) if (expiresAt !== null && expiresAt <= now) dropJob(path);
  inView.disconnect();
  for (const item of list.children) inView.observe(item);
  showWhetherEmpty();
}

function itemAt(path) {
  return [...list.children].find((one) => one.dataset.path === path);
}

function dropJob(path) {
  forgetListed(path);
  itemAt(path)?.remove();
}

function showWhetherEmpty() {
  const isEmpty = list.children.length === 0;
  document.getElementById('none').hidden = !isEmpty;
  document.getElementById('forget-all').hidden = isEmpty;
}

function itemOf({ path, what, count, askedAt, dueAt }) {
  const item = element('li', '', { className: 'mine' });
  item.dataset.path = path;
  const start = dueAt > Date.now() + clockErrorMs ? `, starts ${moment.format(dueAt)}` : '';
  const facts = `${count} ${count === 1 ? 'image' : 'images'}, asked for ${moment.format(askedAt)}${start}`;
  const forget = element('button', 'Forget', {
    type: 'button',
    className: 'button',
    ariaLabel: `Forget ${what}`,
  });
  forget.addEventListener('click', () => forgetOne(item));
  item.append(
    element('a', what, { href: path }),
    element('span', facts, { className: 'small' }),
    element('span', '', { className: 'state' }),
    forget,
  );
  return item;
}

function element(name, text, properties) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

/** Moves the focus to the next entry, so that a keyboard does not lose its place. */
function forgetOne(item) {
  const next = item.nextElementSibling ?? item.previousElementSibling;
  forgetListed(item.dataset.path);
  item.remove();
  showWhetherEmpty();
  (next?.querySelector('button') ?? document.querySelector('h1')).focus();
}

/** Asks for a few jobs at a time. */
function askOn() {
  while (asking < MOST_ASKED_AT_ONCE && toAsk.length > 0 && !document.hidden) {
    asking += 1;
    void askFor(toAsk.shift()).finally(() => {
      asking -= 1;
      askOn();
    });
  }
}

async function askFor(path) {
  const place = itemAt(path)?.querySelector('.state');
  try {
    const headers = { Accept: 'application/json' };
    const signal = AbortSignal.timeout(ASKED_WITHIN_MS);
    const answer = await fetch(path, { headers, cache: 'no-store', signal });
    if (answer.status === 404 || answer.status === 410) {
      dropJob(path);
      return showWhetherEmpty();
    }
    if (answer.ok) showJob(path, place, await answer.json());
  } catch {
    if (place !== undefined) place.textContent = 'Cannot be looked up just now.';
  }
}

function showJob(path, place, { state, dueAt, progress, delivered, download }) {
  const expiresAt = download === null ? null : Date.parse(download.expiresAt);
  updateListed(path, { dueAt: Date.parse(dueAt), ...(expiresAt === null ? {} : { expiresAt }) });
  const more = {
    running: `, ${progress.kept} so far`,
    ready: `, ${delivered} delivered${expiresAt === null ? '' : `, until ${moment.format(expiresAt)}`}`,
  };
  if (place !== undefined) place.textContent = `${STATES[state]}${more[state] ?? ''}`;
}

document.getElementById('forget-all').addEventListener('click', () => {
  saveListed([]);
  showList();
  document.querySelector('h1').focus();
});
// Another tab has changed the list.
addEventListener('storage', showList);
addEventListener('pageshow', showList);
document.addEventListener('visibilitychange', askOn);
setInterval(lookAgain, LOOK_AGAIN_MS);
