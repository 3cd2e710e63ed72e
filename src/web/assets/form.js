/** Checks the form while it is filled in, with the server's wording. */

const form = document.getElementById('job-form');
const WORDING = JSON.parse(form.dataset.wording);
const MAX_IMAGES = Number(form.dataset.maxImages);
const MAX_QUERY_LENGTH = Number(form.dataset.maxQueryLength);
const EMAIL = {
  name: new RegExp(`^${form.dataset.emailName}$`),
  encodedWord: new RegExp(form.dataset.encodedWord),
};
const MAX_AHEAD_MS = Number(form.dataset.maxAheadMs);
const FIELDS = ['query', 'queries', 'date', 'time', 'timeZone', 'count', 'email'];

const control = (name) => form.elements.namedItem(name);
const valueOf = (name) => control(name).value.trim();

const wall = (date, time) => `${date} ${time.length === 5 ? `${time}:00` : time}`;

function wordProblem(code, facts = {}) {
  return WORDING[code].replace(/\{(\w+)\}/g, (place, name) => facts[name] ?? place);
}

function checkQuery() {
  const query = valueOf('query').normalize('NFC');
  const length = [...query].length;
  if (valueOf('queries') !== '') return length === 0 ? '' : wordProblem('queries.beside_query');
  if (length === 0) return wordProblem('query.missing');
  if (/[\u202A-\u202E\u2066-\u2069]/u.test(query)) return wordProblem('query.direction_overrides');
  return length > MAX_QUERY_LENGTH ? wordProblem('query.too_long', { max: MAX_QUERY_LENGTH, length }) : '';
}

function checkCount() {
  const facts = { max: MAX_IMAGES };
  const text = valueOf('count').normalize('NFKC');
  if (control('count').validity.badInput) return wordProblem('count.not_whole', facts);
  if (text === '') return wordProblem('count.missing', facts);
  if (!/^-?\d{1,15}$/.test(text)) return wordProblem('count.not_whole', facts);
  if (Number(text) < 1) return wordProblem('count.too_small');
  return Number(text) > MAX_IMAGES ? wordProblem('count.too_large', facts) : '';
}

function checkEmail() {
  const text = valueOf('email');
  if (text === '') return '';
  if (/[,;]/.test(text) || text.split('@').length > 2) return wordProblem('email.several');
  if (/[\s"()<>[\]\\:]/.test(text)) return wordProblem('email.not_plain');
  const [name, domain] = text.split('@');
  if (domain === undefined) return wordProblem('email.no_at');
  if (/[^\0-\x7F]/.test(name)) return wordProblem('email.name_not_ascii');
  if (EMAIL.encodedWord.test(name)) return wordProblem('email.encoded_name');
  if (!EMAIL.name.test(name)) return wordProblem('email.bad_name');
  return /^[^\s.@_/?%]+([.\u3002][^\s.@_/?%]+)+$/.test(domain) ? '' : wordProblem('email.bad_domain');
}

function checkDate() {
  const [date, time, zone] = [valueOf('date'), valueOf('time'), valueOf('timeZone')];
  if (control('date').validity.badInput || (date !== '' && !isDate(date)))
    return wordProblem('date.invalid', { example: new Date().toISOString().slice(0, 10) });
  if (date === '') return time === '' ? '' : wordProblem('date.missing');
  // The server checks zones that this browser does not know.
  if (!hasZone(zone)) return '';
  const facts = { zone: zoneName(zone) };
  if (date < wallClock(Date.now(), zone).slice(0, 10)) return wordProblem('date.past', facts);
  const latest = wallClock(Date.now() + MAX_AHEAD_MS, zone).slice(0, 16);
  return `${date} ${time}` > latest ? wordProblem('date.too_far', { latest }) : '';
}

function checkTime() {
  const [date, time, zone] = [valueOf('date'), valueOf('time'), valueOf('timeZone')];
  if (control('time').validity.badInput || (time !== '' && !/^\d{2}:\d{2}(:\d{2})?$/.test(time)))
    return wordProblem('time.invalid');
  if (date === '' || zone === '' || checkDate() !== '') return '';
  if (time === '') return wordProblem('time.missing');
  if (!hasZone(zone)) return '';
  const now = wallClock(Date.now(), zone).slice(0, 16);
  if (`${date} ${time.slice(0, 5)}` < now)
    return wordProblem('time.past', { zone: zoneName(zone), now: now.slice(11) });
  if (instantOf(wall(date, time), zone) !== null) return '';
  return wordProblem('time.skipped', { zone: zoneName(zone), time, next: afterGap(date, time, zone) });
}

function checkTimeZone() {
  const isNeeded = valueOf('date') !== '' || valueOf('time') !== '';
  return isNeeded && valueOf('timeZone') === '' ? wordProblem('timeZone.missing') : '';
}

const CHECKS = {
  query: checkQuery,
  date: checkDate,
  time: checkTime,
  timeZone: checkTimeZone,
  count: checkCount,
  email: checkEmail,
};

function show(name) {
  return showProblem(name, CHECKS[name]());
}

/** @returns whether there is none */
function showProblem(name, problem) {
  const place = document.getElementById(`${name}-problem`);
  if (place.textContent !== problem) place.textContent = problem;
  control(name)
    .closest('.field')
    .classList.toggle('invalid', problem !== '');
  if (problem === '') control(name).removeAttribute('aria-invalid');
  else control(name).setAttribute('aria-invalid', 'true');
  return problem === '';
}

function reveal(element) {
  element.closest('details')?.setAttribute('open', '');
  element.focus();
}

/** Describes the start of the job in words. */
function describeStart() {
  const [date, time, zone] = [valueOf('date'), valueOf('time'), valueOf('timeZone')];
  const isNow = date === '' && time === '';
  const button = form.querySelector('button[type=submit]');
  button.textContent = isNow ? button.dataset.now : button.dataset.later;
  const place = document.getElementById('when');
  let text = 'Leave date and time empty to start now.';
  if (!isNow && date !== '' && time !== '' && hasZone(zone) && checkDate() === '' && checkTime() === '') {
    const [at, second] = instantsOf(wall(date, time), zone);
    const isTwice = second !== undefined;
    const inWords = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'full',
      timeStyle: 'short',
    });
    text = `Starts ${fromNow(at)}: ${inWords.format(at)} in ${zoneName(zone)}${isTwice ? ', the first of two such times that night' : ''}.`;
  }
  if (place.textContent !== text) place.textContent = text;
}

function fromNow(at) {
  const minutes = Math.max(0, Math.round((at - Date.now()) / 60_000));
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (minutes < 120) return words.format(minutes, 'minute');
  return minutes < 48 * 60
    ? words.format(Math.round(minutes / 60), 'hour')
    : words.format(Math.round(minutes / 1440), 'day');
}

/**
 * Replaces this history entry by the empty form and keeps the typed values beside it. Otherwise going back
 * would ask to send the form again, and the page, which is never stored, would lose its values.
 */
function keepTyped() {
  history.replaceState({ typed: [...new FormData(form)] }, '', '/');
}

/** Fills in the values sent earlier; the form's nonce stays new. */
function fillInTyped() {
  if (!Array.isArray(history.state?.typed)) return;
  for (const element of form.elements) {
    if (element.name === '' || element.type === 'hidden') continue;
    fillIn(
      element,
      history.state.typed.filter(([name]) => name === element.name).map(([, value]) => value),
    );
  }
}

function fillIn(element, values) {
  const isBox = element.type === 'checkbox';
  const [value = ''] = values;
  if (isBox ? element.checked === values.includes(element.value) : element.value === value) return;
  if (isBox) element.checked = !element.checked;
  else element.value = value;
  // Show a value that a native control or a list does not have.
  if (!isBox && element.value !== value) {
    if (element.localName === 'select') element.add(new Option(value, value, true, true));
    else Object.assign(element, { type: 'text', value });
  }
  element.closest('details')?.setAttribute('open', '');
}

/** Fields whose problems depend on each other. */
const TOGETHER = [
  ['date', 'time', 'timeZone'],
  ['query', 'queries'],
];
const touched = new Set();
form.noValidate = true;
for (const name of FIELDS) {
  control(name).addEventListener('blur', () => {
    if (valueOf(name) === '' && !touched.has(name)) return;
    touched.add(name);
    show(name);
  });
  control(name).addEventListener('input', () => {
    const isWhen = name === 'date' || name === 'time' || name === 'timeZone';
    if (isWhen) describeStart();
    const together = TOGETHER.find((names) => names.includes(name)) ?? [name];
    for (const other of together) if (touched.has(other)) show(other);
  });
  if (control(name).getAttribute('aria-invalid') === 'true') touched.add(name);
}

form.addEventListener('submit', (event) => {
  const wrong = FIELDS.filter((name) => {
    touched.add(name);
    return !show(name);
  });
  const button = form.querySelector('button[type=submit]');
  if (wrong.length > 0 || button.ariaDisabled === 'true') event.preventDefault();
  if (wrong.length > 0) reveal(control(wrong[0]));
  else if (!event.defaultPrevented) {
    keepTyped();
    button.ariaDisabled = 'true';
  }
});

addEventListener('pageshow', () => {
  form.querySelector('button[type=submit]').ariaDisabled = null;
});
fillInTyped();
presetTimeZone(control('timeZone'));
describeStart();
setInterval(describeStart, 30_000);
