/** Whether the fault suites run in full (`npm run test:faults`) or only their short part (`npm test`). */
export const IS_LONG = process.env['FAULTS'] === 'long';

/** @returns all cases in a long run, otherwise the first few */
export function casesOf<T>(cases: readonly T[], shortCount: number): readonly T[] {
  return IS_LONG ? cases : cases.slice(0, shortCount);
}
