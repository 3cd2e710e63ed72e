/**
 * Computes wall-clock times from this browser's zone data, which may be older or newer than the server's.
 * Intl throws for a zone it does not have. Loaded before form.js.
 */

/** Zones at sea, which lists omit and every server accepts. */
const FIXED_ZONE = /^Etc\/GMT[+-]\d{1,2}$/;

export const zoneName = (zone) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** The browser's name for a zone; null if it has no such zone. */
function ownNameOf(zone) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // Intl throws for an unknown zone; there is no other check.
    return null;
  }
}

/** Whether this browser has data for a zone. */
export const hasZone = (zone) => zone !== '' && ownNameOf(zone) !== null;

/** Whether a day such as `2026-11-24` exists. */
export function isDate(text) {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Formats a wall-clock time such as `2026-11-24 09:00:00` in a zone that this browser has. */
export function wallClock(at, zone) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
}

/** The instants at which the zone's wall clock shows `wall`: one, two when clocks go back, none in a gap. */
export function instantsOf(wall, zone) {
  const guess = Date.parse(`${wall.replace(' ', 'T')}Z`);
  const offsets = [-86_400_000, 86_400_000].map((shift) => {
    const near = guess + shift;
    return Date.parse(`${wallClock(near, zone).replace(' ', 'T')}Z`) - near;
  });
  // Do not use toSorted: browsers with old zone data lack it.
  const found = [guess - Math.max(...offsets), guess - Math.min(...offsets)];
  return [...new Set(found)].filter((at) => wallClock(at, zone) === wall);
}

export const instantOf = (wall, zone) => instantsOf(wall, zone)[0] ?? null;

/** The first minute that the clock shows after a gap. */
export function afterGap(date, time, zone) {
  const start = Date.parse(`${date}T${time.slice(0, 5)}Z`);
  for (let minute = 1; minute <= 180; minute += 1) {
    const shown = new Date(start + minute * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    if (instantOf(shown, zone) !== null) return shown.slice(11, 16);
  }
  return '';
}

/**
 * Selects the reader's zone in the list, unless one is selected already. The list may have it under a newer
 * name. If the browser has only an older name, that name is added if the list says that the server accepts
 * it. A zone that browser and server do not both have is never selected.
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
