import type { Instant } from '../../jobs/clock.port.js';

/** A moment on the wall clock of a zone, e.g. `Tue, 24 Nov 2026, 09:00`. */
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

/** An address that its owner recognises and others cannot use, e.g. `a…@example.org`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}
