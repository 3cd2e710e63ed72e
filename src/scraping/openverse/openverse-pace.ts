import type { IncomingHttpHeaders } from 'node:http';

const UNITS_MS = { sec: 1000, s: 1000, min: 60_000, m: 60_000, hour: 3_600_000, h: 3_600_000 } as const;

/** The share of the limit that may be used in a row before questions are spread. */
const IN_A_ROW = 0.75;

/**
 * The wait before the next question that keeps the API's short-term limit: none while much of it is left,
 * then evenly spread.
 * @param headers of its last answer, e.g. `x-ratelimit-limit-anon_burst: 20/min` with the rest available
 * @returns milliseconds
 */
export function paceMs(headers: IncomingHttpHeaders): number {
  const waits = Object.keys(headers).flatMap((name) => {
    const [, scope] = /^x-ratelimit-limit-(.*burst.*)$/.exec(name) ?? [];
    const left = Number(headers[`x-ratelimit-available-${scope}`] ?? Number.NaN);
    const limit = readLimit(String(headers[name]));
    if (limit === null || Number.isNaN(left) || left > limit.count * (1 - IN_A_ROW)) return [];
    return [Math.ceil(limit.perMs / limit.count)];
  });
  return Math.max(0, ...waits);
}

function readLimit(text: string): { readonly count: number; readonly perMs: number } | null {
  const [, count, unit] = /^(\d+)\/(sec|s|min|m|hour|h)\b/.exec(text) ?? [];
  if (count === undefined || unit === undefined || Number(count) === 0) return null;
  return { count: Number(count), perMs: UNITS_MS[unit as keyof typeof UNITS_MS] };
}
