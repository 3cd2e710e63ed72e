import type { Instant } from '../../jobs/clock.port.js';

/** Formats an instant in a zone, e.g. `Tue, 24 Nov 2026, 09:00`. */
export function formatMoment(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** Masks an address so that only its owner recognises it, e.g. `a…@example.org`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}
