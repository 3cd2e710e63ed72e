import type { Instant } from './clock.port.js';

/** An instant as people in `timeZone` say it, with the zone, e.g. `Tue 24 November 2026, 09:00 CET (Europe/Vienna)`. */
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

/** The same instant for readers elsewhere, e.g. `24 Nov 2026, 08:00 UTC`. */
export function utcText(at: Instant): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(at)} UTC`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A length of time in its two largest units, e.g. `2 hours 5 minutes`; under a minute is `less than a minute`. */
export function durationText(durationMs: number): string {
  let restMs = durationMs;
  const parts: string[] = [];
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(restMs / unitMs);
    restMs -= count * unitMs;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? 'less than a minute' : parts.slice(0, 2).join(' ');
}

/** A size in decimal units, e.g. `128 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const exponent = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** exponent;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[exponent - 1] ?? ''}`;
}
