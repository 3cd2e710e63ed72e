/** Follows a job while its page is seen. Put in front of job.js, which shows what happens. */

const RETRY_MS = 5000;
/** A job due later than this needs no open stream yet. */
const FAR_AHEAD_MS = 120_000;
/** Names of the locks without which no page keeps a stream open. */
const PLACES = ['live-stream-1', 'live-stream-2', 'live-stream-3'];

/** The way the job is followed, and what ends that; null while it is not. */
let following = null;
/** Whether the page is about to be put up to date as a whole. */
let isRenewing = false;
/** Whether the last stream was refused, so that the next one is not asked for at once. */
let wasRefused = false;

/** `live`, or only looking `now and then` at a job that lies far ahead; null: not at all. */
function wayToFollow(job) {
  if (job === null || job.dataset.events === '' || document.hidden || isRenewing) return null;
  const isFarAhead = job.dataset.state === 'scheduled' && untilInstant(job.dataset.due) > FAR_AHEAD_MS;
  return isFarAhead ? 'now and then' : 'live';
}

/** Follows the job in the way that is right now. Called each second, so that no timer has to last for days. */
export function follow() {
  const job = document.getElementById('job');
  const way = wayToFollow(job);
  if (way === (following?.way ?? null)) return;
  stopFollowing();
  if (way === null) return;
  const stop = new AbortController();
  following = { way, stop };
  if (way === 'live') openLive(job, stop.signal);
  else openStream(job, '&brief', stop.signal);
}

function stopFollowing() {
  following?.stop.abort();
  following = null;
}

/**
 * A stream that stays open takes one of the six connections that a browser opens to a server for all its pages
 * together. So a few pages have one, and the others look every two seconds.
 */
async function openLive(job, signal) {
  const hasPlace = await takeOneOf(PLACES, signal);
  if (!signal.aborted) openStream(job, hasPlace ? '' : '&brief', signal);
}

/** Pages that came by http:// have no locks, so that they cannot know of each other. */
async function takeOneOf(places, signal) {
  if (navigator.locks === undefined) return false;
  for (const place of places) if (await takePlace(place, signal)) return true;
  return false;
}

/** @returns whether this page has the place, until `signal` aborts or the page is closed */
function takePlace(place, signal) {
  return new Promise((resolve) => {
    const keep = async (lock) => {
      resolve(lock !== null);
      if (lock === null || signal.aborted) return;
      await new Promise((leave) => signal.addEventListener('abort', leave, { once: true }));
    };
    navigator.locks.request(place, { ifAvailable: true }, keep).catch(() => resolve(false));
  });
}

function openStream(job, kind, signal) {
  const { events, thumbs, version } = job.dataset;
  const source = new EventSource(`${events}?from=${version}${kind}`);
  signal.addEventListener('abort', () => source.close(), { once: true });
  const on = (type, act) =>
    source.addEventListener(type, (event) => {
      // The next stream goes on from there.
      if (event.lastEventId !== '') job.dataset.version = event.lastEventId;
      act(JSON.parse(event.data));
    });
  on('image', (image) => addImage(thumbs, image));
  on('progress', (progress) => {
    if (job.dataset.state === 'running') showProgress(progress);
  });
  on('state', ({ state, dueAt }) => {
    const isSameState = state === job.dataset.state;
    if (isSameState && Date.parse(dueAt) === Date.parse(job.dataset.due)) return;
    renewSoon(isSameState ? '' : `The job is ${state}.`, 0);
  });
  source.addEventListener('open', () => {
    wasRefused = false;
  });
  // A stream that ended is taken up again by the browser itself; an answer that is no stream is final.
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) return;
    renewSoon('', wasRefused ? RETRY_MS : 0);
    wasRefused = true;
  });
}

/** Puts the page up to date as a whole, again and again where that fails, then follows the job again. */
function renewSoon(announcement, delayMs) {
  stopFollowing();
  isRenewing = true;
  setTimeout(async () => {
    try {
      await renew(announcement);
    } catch {
      return renewSoon(announcement, RETRY_MS);
    }
    isRenewing = false;
    follow();
  }, delayMs);
}
