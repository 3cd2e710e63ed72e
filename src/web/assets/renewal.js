/**
 * Puts the page of a job, or of its link, up to date as a whole: when its state changes, when its time has come, and
 * when the server is back. Put in front of follow.js and job.js, which follow the job and show what happens.
 */

const RETRY_MS = 5000;
const ANSWERS_WITHIN_MS = 15_000;
/** How often an ended job is looked at while its page is seen: somebody else may delete it. */
const LOOK_EVERY_MS = 60_000;
/** A job that is gone so shortly before its end has expired: clocks are not that exact. */
const SLACK_MS = 5000;

let isRenewing = false;
let lookedAtMs = Date.now();

const endOfPage = () => document.querySelector('[data-expires]');

/** Puts the page up to date, again and again where the server is away, then follows the job again. */
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

/** Says that the server is away, or no more so. */
export function showAway(isAway) {
  const note = document.getElementById('away');
  if (note === null || note.hidden !== isAway) return;
  note.hidden = !isAway;
  setText('announcer', isAway ? note.textContent : 'The server is back.');
}

/** Renews a page whose time has come. */
export function renewAtItsEnd() {
  const end = endOfPage();
  if (end !== null && untilInstant(end.dataset.until) <= 0) renewSoon('', 0);
  else if (Date.now() - lookedAtMs > LOOK_EVERY_MS) void lookAgain();
}

/** Renews the page of an ended job that is gone before its time; to be called when the page is seen again. */
export async function lookAgain() {
  if (document.hidden || isRenewing || endOfPage() === null) return;
  lookedAtMs = Date.now();
  const answer = await ask(location.href, 'HEAD');
  if (answer?.status === 410) renewSoon('', 0);
}

/** The page as it is now; null where the server is away. What is gone before its time has been deleted. */
async function askForPage() {
  const end = endOfPage();
  const answer = await ask(location.href, 'GET');
  const isBeforeItsTime = end === null || untilInstant(end.dataset.until) > SLACK_MS;
  const said = answer?.status === 410 && isBeforeItsTime ? await ask('/deleted', 'GET') : answer;
  return said === null ? null : pageIn(said.text);
}

/** @returns null where no answer comes, or where it says that there is none for now */
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
    // However it failed, the server is away for this page.
    return null;
  }
}

/** @returns null where the page is none of the service's: a proxy in front may answer in its place */
function pageIn(text) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  return page.getElementById('main') === null ? null : page;
}

/** Puts the new main part in place of the old one, without losing the reader's place. */
function showPage(page, announcement) {
  if (page.body.dataset.now !== '') setServerTime(page.body.dataset.now);
  const main = document.getElementById('main');
  const announcer = document.getElementById('announcer');
  const hadFocus = main.contains(document.activeElement);
  const [oldPart, newPart] = [document.getElementById('job'), page.getElementById('job')];
  if (oldPart !== null && newPart !== null) oldPart.replaceWith(newPart);
  else main.replaceChildren(...page.getElementById('main').childNodes);
  document.title = page.title;
  const heading = document.querySelector('h1');
  if (hadFocus) heading.focus();
  if (announcer !== null && !announcer.isConnected) main.append(announcer);
  const news = newPart === null ? heading.textContent : announcement;
  if (news !== '') setText('announcer', news);
}
