const SIZE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size for people, e.g. `18.3 MB`; a megabyte is a million bytes. */
export function sizeText(bytes: number): string {
  const power = Math.min(SIZE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${SIZE_UNITS[power]}`;
}

const TIME_UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/**
 * A duration in its largest unit and the next unit, e.g. `2 hours 5 minutes`; a negative duration counts as
 * zero. The script in the browser words durations the same way.
 * @param least the smallest unit; with minutes, a shorter duration is `less than a minute`
 */
export function durationText(durationMs: number, least: 'minute' | 'second' = 'minute'): string {
  let restMs = Math.max(0, Math.round(durationMs / 1000) * 1000);
  const words: string[] = [];
  for (const [unit, unitMs] of least === 'second' ? TIME_UNITS : TIME_UNITS.slice(0, -1)) {
    const amount = Math.floor(restMs / unitMs);
    restMs -= amount * unitMs;
    if (amount > 0) words.push(countText(amount, unit));
    if (words.length === 2 || (amount === 0 && words.length > 0)) break;
  }
  if (words.length > 0) return words.join(' ');
  return least === 'second' ? '0 seconds' : 'less than a minute';
}

/** A number of things, e.g. `1 image`, `1,200 images`. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
