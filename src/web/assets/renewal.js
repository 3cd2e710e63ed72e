/**
 * Renews the whole page of a job or its link: when its state changes, when it expires, and when the server is
 * back. Loaded before follow.js and job.js.
 */

const RETRY_MS = 5000;
const ANSWERS_WITHIN_MS = 15_000;
/**
 * Interval of looks at an ended job while its page is visible, in milliseconds: somebody else may delete it.
 */
const LOOK_EVERY_MS = 60_000;
/** A job that is gone this shortly before its end has expired, since clocks differ; in milliseconds. */
const SLACK_MS = 5000;

let isRenewing = false;
let lookedAtMs = Date.now();

const endOfPage = () => document.querySelector('[data-expires]');

/** Renews the page, retrying while the server is away, then follows the job again. */
export function renewSoon(announcement, delayMs) {
  if (isRenewing) return;
  stopFollowing();
  isRenewing = true;
  const tryIt = async () => {
    const page = await askForPage();
    showAway(page === null);
    if (page === null) return void setTimeout(tryIt, RETRY_MS);
    showPage(page, announcement);
    isRenewing = false;
    follow();
  };
  setTimeout(tryIt, delayMs);
}

/** Shows or hides the note that the server is away. */
export function showAway(isAway) {
  const note = document.getElementById('away');
  if (note === null || note.hidden !== isAway) return;
  note.hidden = !isAway;
  setText('announcer', isAway ? note.textContent : 'The server is back.');
}

/** Renews a page that is due. */
export function renewAtItsEnd() {
  const end = endOfPage();
  if (end !== null && untilInstant(end.dataset.until) <= 0) renewSoon('', 0);
  else if (Date.now() - lookedAtMs > LOOK_EVERY_MS) void lookAgain();
}

/** Renews the page of an ended job that was deleted early. Called when the page becomes visible. */
export async function lookAgain() {
  if (document.hidden || isRenewing || endOfPage() === null) return;
  lookedAtMs = Date.now();
  const answer = await ask(location.href, 'HEAD');
  if (answer?.status === 410) renewSoon('', 0);
}

/** Loads the current page; null if the server is away. A job that is gone early was deleted. */
async function askForPage() {
  const end = endOfPage();
  const answer = await ask(location.href, 'GET');
  const isBeforeItsTime = end === null || untilInstant(end.dataset.until) > SLACK_MS;
  const said = answer?.status === 410 && isBeforeItsTime ? await ask('/deleted', 'GET') : answer;
  return said === null ? null : pageIn(said.text);
}

/** @returns null without an answer, or if the answer is only temporary */
async function ask(url, method) {
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const response = await fetch(url, {
      method,
      headers: { Accept: 'text/html' },
      cache: 'no-store',
      signal,
    });
    return response.status >= 500 ? null : { status: response.status, text: await response.text() };
  } catch {
    // Any failure means that the server is away for this page.
    return null;
  }
}

/** @returns null if the page is not from the service: a proxy may answer instead */
function pageIn(text) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  return page.getElementById('main') === null ? null : page;
}

/** Replaces the main part of the page and keeps the reader's scroll position and focus. */
function showPage(page, announcement) {
  if (page.body.dataset.now !== '') setServerTime(page.body.dataset.now);
  const main = document.getElementById('main');
  const announcer = document.getElementById('announcer');
  const hadFocus = main.contains(document.activeElement);
  const [oldPart, newPart] = [document.getElementById('job'), page.getElementById('job')];
  if (oldPart !== null && newPart !== null) oldPart.replaceWith(newPart);
  else main.replaceChildren(...page.getElementById('main').childNodes);
  document.title = page.title;
  listThisJob();
  const heading = document.querySelector('h1');
  if (hadFocus) heading.focus();
  if (announcer !== null && !announcer.isConnected) main.append(announcer);
  const news = newPart === null ? heading.textContent : announcement;
  if (news !== '') setText('announcer', news);
}
