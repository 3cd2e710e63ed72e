/** Follows a job while its page is visible. Loaded between renewal.js and job.js. */

/** A job due later than this needs no open stream yet, in milliseconds. */
const FAR_AHEAD_MS = 120_000;
/** Longest silence of a stream, in milliseconds: the server sends something every 15 seconds. */
const SILENT_MS = 45_000;
/** Names of the locks: a page needs one of them to keep a stream open. */
const PLACES = ['live-stream-1', 'live-stream-2', 'live-stream-3'];

/** The current way to follow the job and its abort; null while the job is not followed. */
let following = null;
/** Whether the last stream was refused: the next one then waits. */
let wasRefused = false;
/** Time of the last message from the server. */
let heardAtMs = 0;

/** `live` for a stream, `now and then` for a job far ahead, null for a job that is not followed. */
function wayToFollow(job) {
  if (job === null || job.dataset.events === '' || document.hidden || isRenewing) return null;
  const isFarAhead = job.dataset.state === 'scheduled' && untilInstant(job.dataset.due) > FAR_AHEAD_MS;
  return isFarAhead ? 'now and then' : 'live';
}

/** Chooses how to follow the job. Called each second, so that no timer has to run for days. */
export function follow() {
  const job = document.getElementById('job');
  const way = wayToFollow(job);
  const isSilent = following?.way === 'live' && Date.now() - heardAtMs > SILENT_MS;
  if (isSilent) return renewSoon('', 0);
  if (way === (following?.way ?? null)) return;
  stopFollowing();
  if (way === null) return;
  const stop = new AbortController();
  following = { way, stop };
  heardAtMs = Date.now();
  if (way === 'live') openLive(job, stop.signal);
  else openStream(job, '&brief', stop.signal);
}

export function stopFollowing() {
  following?.stop.abort();
  following = null;
}

/**
 * Keeps a stream on a few pages only; other pages look every two seconds. A browser opens six connections to
 * a server for all its pages, and each open stream takes one.
 */
async function openLive(job, signal) {
  const hasPlace = await takeOneOf(PLACES, signal);
  if (!signal.aborted) openStream(job, hasPlace ? '' : '&brief', signal);
}

/** Pages loaded by http:// have no locks, so they cannot count each other. */
async function takeOneOf(places, signal) {
  if (navigator.locks === undefined) return false;
  for (const place of places) if (await takePlace(place, signal)) return true;
  return false;
}

/** @returns whether this page holds a lock, until `signal` aborts or the page is closed */
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
      heardAtMs = Date.now();
      // The next stream goes on from there.
      if (event.lastEventId !== '') job.dataset.version = event.lastEventId;
      act(JSON.parse(event.data));
    });
  on('alive', () => undefined);
  on('image', (image) => addImage(thumbs, image));
  on('progress', (progress) => {
    if (job.dataset.state === 'running') showProgress(progress);
  });
  on('state', ({ state, dueAt }) => {
    const isSameState = state === job.dataset.state;
    if (isSameState && Date.parse(dueAt) === Date.parse(job.dataset.due)) return;
    renewSoon(isSameState ? '' : `The job is ${state}.`, 0);
  });
  noticeBreaks(source);
}

/**
 * Handles the end of a stream. The browser itself reopens an ended stream; a stream that does not begin means
 * that the server is away. An answer that is not a stream is final: the page is renewed to show the state of
 * the job.
 */
function noticeBreaks(source) {
  let hasBegun = false;
  source.addEventListener('open', () => {
    heardAtMs = Date.now();
    hasBegun = true;
    wasRefused = false;
    showAway(false);
  });
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) {
      renewSoon('', wasRefused ? RETRY_MS : 0);
      wasRefused = true;
    } else if (!hasBegun) showAway(true);
    hasBegun = false;
  });
}
