/**
 * The list of jobs that were asked for from this browser. Only this browser has it. Without storage, or if
 * the browser refuses it, nothing is listed and everything else works.
 */

const LIST_KEY = 'my-jobs';
/** Set while a sent form is on its way to the page of its job, in this tab only. */
const SENT_KEY = 'sent-a-job';
const MOST_LISTED = 100;
/** A form that leads to no page of a job within this time was refused, in milliseconds. */
const LEADS_WITHIN_MS = 300_000;
/** Forms that lead to a new job. */
const MAKES_A_JOB = /^\/jobs(?:\/[\w-]+\/(?:retry|retry-later|missing|next))?$/;
const IS_PAGE_OF_A_JOB = /^\/jobs\/[\w-]{32}$/;

/** The listed jobs, newest first: `{path, what, count, askedAt, dueAt, expiresAt}`, instants in ms or null. */
export function listedJobs() {
  try {
    const listed = JSON.parse(localStorage.getItem(LIST_KEY) ?? '[]');
    return Array.isArray(listed) ? listed.filter((job) => IS_PAGE_OF_A_JOB.test(job?.path)) : [];
  } catch {
    return [];
  }
}

export function saveListed(jobs) {
  try {
    if (jobs.length === 0) localStorage.removeItem(LIST_KEY);
    else localStorage.setItem(LIST_KEY, JSON.stringify(jobs.slice(0, MOST_LISTED)));
  } catch {
    // The browser keeps nothing: the list stays as it is.
  }
}

export function forgetListed(path) {
  saveListed(listedJobs().filter((job) => job.path !== path));
}

/** Changes what is known of a listed job; does nothing if it is not listed. */
export function updateListed(path, facts) {
  const jobs = listedJobs();
  const job = jobs.find((one) => one.path === path);
  if (job === undefined || Object.entries(facts).every(([name, value]) => job[name] === value)) return;
  saveListed(jobs.map((one) => (one === job ? { ...one, ...facts } : one)));
}

/** Lists the job of this page if this tab has just asked for it. A link that somebody sent lists nothing. */
export function listThisJob() {
  const page = document.querySelector('#job[data-count]');
  const hasAsked = takeSentMark();
  if (page === null || !IS_PAGE_OF_A_JOB.test(location.pathname)) return;
  const end = document.querySelector('[data-expires]')?.dataset.until;
  const facts = {
    dueAt: Date.parse(page.dataset.due),
    expiresAt: end === undefined ? null : Date.parse(end),
  };
  const path = location.pathname;
  const others = listedJobs().filter((job) => job.path !== path);
  if (!hasAsked || others.length < listedJobs().length) return updateListed(path, facts);
  const what = document.querySelector('h1').textContent;
  const count = Number(page.dataset.count);
  saveListed([{ path, what, count, askedAt: Date.now(), ...facts }, ...others]);
}

document.addEventListener('submit', (event) => {
  if (event.defaultPrevented || !MAKES_A_JOB.test(new URL(event.target.action).pathname)) return;
  try {
    sessionStorage.setItem(SENT_KEY, String(Date.now()));
  } catch {
    // The job is not listed.
  }
});

function takeSentMark() {
  try {
    const sentAt = Number(sessionStorage.getItem(SENT_KEY) ?? Number.NaN);
    sessionStorage.removeItem(SENT_KEY);
    // A link that was pasted or clicked elsewhere does not come from one of our pages.
    const isFromHere = document.referrer.startsWith(`${location.origin}/`);
    return isFromHere && Date.now() - sentAt < LEADS_WITHIN_MS;
  } catch {
    return false;
  }
}

listThisJob();
