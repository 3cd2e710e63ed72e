import type { Instant } from '../clock.port.js';

const MINUTE_MS = 60_000;

/** An instant in `timeZone`, with the zone, e.g. `Tue 24 November 2026, 09:00 CET (Europe/Vienna)`. */
export function momentText(at: Instant, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone,
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { weekday, day, month, year, hour, minute, timeZoneName } = part;
  const text = `${weekday} ${day} ${month} ${year}, ${hour}:${minute} ${timeZoneName}`;
  return timeZone === 'UTC' ? text : `${text} (${timeZone.replaceAll('_', ' ')})`;
}

/** The first full minute not before `at`: a time shown in minutes must not be too early. */
export function fullMinute(at: Instant): Instant {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
}

/** An instant in UTC, e.g. `24 Nov 2026, 08:00 UTC`. */
export function utcText(at: Instant): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(at)} UTC`;
}
