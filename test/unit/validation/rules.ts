import type { RawFields } from '../../../src/validation/problem.js';
import type { RequestRules } from '../../../src/validation/checked-request.js';
import { validateRequest, type Validated } from '../../../src/validation/validate-request.js';

/** A moment in the middle of a minute: 2026-11-22T13:30:25Z. */
export const NOW = Date.parse('2026-11-22T13:30:25Z');

export const RULES: RequestRules = {
  now: NOW,
  maxJobImages: 500,
  maxImages: 500,
  maxAheadMs: 366 * 86_400_000,
  engines: ['google', 'bing', 'duckduckgo', 'openverse', 'commons'],
};

/** A valid request, due now. */
export const GOOD: RawFields = { query: 'red panda', count: '12', email: 'ana@example.org' };

/** Validates the valid request with some fields replaced. */
export function validate(over: RawFields, rules: Partial<RequestRules> = {}): Validated {
  return validateRequest({ ...GOOD, ...over }, { ...RULES, ...rules }, { refusesUnknown: true });
}

/** `field code` of every problem, or the start. */
export function verdict(over: RawFields, rules: Partial<RequestRules> = {}): string[] {
  const result = validate(over, rules);
  if (!result.ok) return result.problems.map(({ field, code }) => `${field} ${code}`);
  const { dueAt, startsNow } = result.request;
  return [startsNow ? 'now' : `${new Date(dueAt).toISOString()}${result.isFirstOfTwo ? ' first' : ''}`];
}
