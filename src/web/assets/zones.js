/**
 * Times on the wall clocks of zones, as far as this browser's own zone data go: they may be older or newer than the
 * server's, and Intl throws for a zone it does not have. Put in front of form.js, which checks the form.
 */

/** Zones of the sea, which no list has and every server takes. */
const FIXED_ZONE = /^Etc\/GMT[+-]\d{1,2}$/;

export const zoneName = (zone) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** The browser's own name for a zone; null where it has no such zone. */
function ownNameOf(zone) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // The only way to ask whether a browser has a zone is to use it.
    return null;
  }
}

/** Whether this browser can tell the time in a zone. */
export const hasZone = (zone) => zone !== '' && ownNameOf(zone) !== null;

/** Whether there is such a day, written `2026-11-24`. */
export function isDate(text) {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** `2026-11-24 09:00:00` on the wall clock of a zone that this browser has. */
export function wallClock(at, zone) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
}

/** The instants at which the zone's wall clock shows `wall`: one, two where clocks go back, none in a gap. */
export function instantsOf(wall, zone) {
  const guess = Date.parse(`${wall.replace(' ', 'T')}Z`);
  const offsets = [-86_400_000, 86_400_000].map((shift) => {
    const near = guess + shift;
    return Date.parse(`${wallClock(near, zone).replace(' ', 'T')}Z`) - near;
  });
  // Not toSorted: the browsers with old zone data do not have it.
  const found = [guess - Math.max(...offsets), guess - Math.min(...offsets)];
  return [...new Set(found)].filter((at) => wallClock(at, zone) === wall);
}

export const instantOf = (wall, zone) => instantsOf(wall, zone)[0] ?? null;

/** The first minute after a gap in which the clock shows something again. */
export function afterGap(date, time, zone) {
  const start = Date.parse(`${date}T${time.slice(0, 5)}Z`);
  for (let minute = 1; minute <= 180; minute += 1) {
    const shown = new Date(start + minute * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    if (instantOf(shown, zone) !== null) return shown.slice(11, 16);
  }
  return '';
}

/**
 * Chooses the reader's own zone in the list, unless one was chosen before. It may stand there under a newer name. Where
 * the browser has only an older name, that one is added: the list says which of them the server takes too. A zone that
 * browser and server do not both have is never chosen.
 */
export function presetTimeZone(select) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select.value !== '' || own === undefined || !hasZone(own)) return;
  const listed = [...select.options].map(({ value }) => value).filter((value) => value !== '');
  const same = listed.includes(own) ? own : listed.find((zone) => ownNameOf(zone) === ownNameOf(own));
  if (same !== undefined) select.value = same;
  else if (FIXED_ZONE.test(own) || select.dataset.olderNames.split(' ').includes(own))
    select.add(new Option(own, own, true, true));
}
