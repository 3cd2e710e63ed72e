/** Updates the page of a job: progress, thumbnails, ticking times. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** Words a duration as the server does, in its two largest units. */
function describeDuration(durationMs) {
  let restMs = Math.max(0, Math.round(durationMs / 1000) * 1000);
  const words = [];
  for (const [unit, unitMs] of UNITS) {
    const amount = Math.floor(restMs / unitMs);
    restMs -= amount * unitMs;
    if (amount > 0) words.push(`${amount} ${unit}${amount === 1 ? '' : 's'}`);
    else if (words.length > 0) break;
    if (words.length === 2) break;
  }
  return words.length === 0 ? '0 seconds' : words.join(' ');
}

function describeBytes(bytes) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power]}`;
}

/** The lag of the reader's clock behind the server's, in milliseconds. */
let clockErrorMs = Number(document.body.dataset.now) - Date.now();

export function setServerTime(nowMs) {
  clockErrorMs = Number(nowMs) - Date.now();
}

export function untilInstant(instant) {
  return Date.parse(instant) - Date.now() - clockErrorMs;
}

function tick() {
  for (const element of document.querySelectorAll('[data-until]')) {
    const text = describeDuration(untilInstant(element.dataset.until));
    if (element.textContent !== text) element.textContent = text;
  }
  renewAtItsEnd();
  follow();
}

export function setText(id, text) {
  const element = document.getElementById(id);
  if (element !== null && element.textContent !== String(text)) element.textContent = text;
}

function showStage(stage) {
  let isBefore = true;
  for (const item of document.querySelectorAll('[data-stage]')) {
    const isCurrent = item.dataset.stage === stage;
    if (isCurrent) isBefore = false;
    item.classList.toggle('done', isBefore);
    if (isCurrent) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  }
}

function showEngines(engines) {
  const part = document.getElementById('engines');
  if (part === null) return;
  part.hidden = engines.length === 0;
  for (const { engine, message } of engines) {
    const known = part.querySelector(`[data-engine="${engine}"]`);
    const item = known ?? document.createElement('li');
    item.dataset.engine = engine;
    item.textContent = message;
    if (known === null) part.querySelector('ul').append(item);
  }
}

export function showProgress({ state, progress, engines, stage, count, message }) {
  showEngines(engines);
  setText('kept', progress.kept);
  setText('counts', message);
  setText('bytes', describeBytes(progress.bytes));
  const bar = document.getElementById('bar');
  if (bar !== null) bar.value = progress.kept;
  // An ended job has no stage, and its page is about to be renewed.
  if (state === 'running') showStage(stage ?? 'searching');
  let total = 0;
  for (const item of document.querySelectorAll('[data-reason]')) {
    const rejected = progress.rejected[item.dataset.reason] ?? 0;
    total += rejected;
    item.hidden = rejected === 0;
    item.querySelector('b').textContent = rejected;
  }
  setText('rejected-total', total);
  const rejectedPart = document.getElementById('rejected');
  if (rejectedPart !== null) rejectedPart.hidden = total === 0;
  document.title = `${progress.kept} of ${count} · ${document.querySelector('h1').textContent}`;
}

export function addImage(base, { sha256, title, position }) {
  const list = document.getElementById('thumbs');
  const source = `${base}/${sha256}`;
  if (
    list === null ||
    [...list.querySelectorAll('img')].some((image) => image.getAttribute('src') === source)
  )
    return;
  const image = document.createElement('img');
  image.alt = title ?? 'Image without a title';
  image.decoding = 'async';
  // Load only visible thumbnails: hundreds at once would leave no connection for anything else.
  image.loading = 'lazy';
  image.src = source;
  const item = document.createElement('li');
  item.className = 'new';
  item.dataset.position = position;
  item.append(image);
  const next = [...list.children].find((other) => Number(other.dataset.position) > position);
  list.insertBefore(item, next ?? null);
}

// Listen on the whole page, since its forms are replaced.
document.addEventListener('submit', (event) => {
  const button = event.target.querySelector('button');
  if (button.ariaDisabled === 'true') event.preventDefault();
  button.ariaDisabled = 'true';
});

addEventListener('pageshow', ({ persisted }) => {
  for (const button of document.querySelectorAll('button')) button.ariaDisabled = null;
  if (persisted) seenAgain();
});
document.addEventListener('visibilitychange', seenAgain);
setInterval(tick, 1000);
tick();

/** Timers nearly stop while a page is hidden. */
function seenAgain() {
  tick();
  void lookAgain();
}
