/** Follows a job while its page is seen. Put between renewal.js and job.js, which shows what happens. */

/** A job due later than this needs no open stream yet. */
const FAR_AHEAD_MS = 120_000;
/** The server sends something every 15 seconds: a stream that is silent for longer leads nowhere any more. */
const SILENT_MS = 45_000;
/** Names of the locks without which no page keeps a stream open. */
const PLACES = ['live-stream-1', 'live-stream-2', 'live-stream-3'];

/** The way the job is followed, and what ends that; null while it is not. */
let following = null;
/** Whether the last stream was refused, so that the next one is not asked for at once. */
let wasRefused = false;
/** When the last sign of the server came. */
let heardAtMs = 0;

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
 * A stream that ended is taken up again by the browser itself, again and again; that the server is away is told by one
 * that does not even begin. An answer that is no stream is final: the page as a whole shows what has become of the job.
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
