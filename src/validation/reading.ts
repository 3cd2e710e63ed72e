import type { RawFields } from './problem.js';
import type { ProblemCode, ProblemFacts } from './problem-wording.js';

/** The value that was read, or the reason why it cannot be read. */
export type Reading<T> = { readonly ok: true; readonly value: T } | Refused;

/** The reason why a raw value cannot be read. */
export class Refused {
  readonly ok = false;

  constructor(
    readonly code: ProblemCode,
    readonly facts: ProblemFacts,
  ) {}
}

/** Several reasons why the parts of one raw value cannot be read. */
export class RefusedParts extends Refused {
  constructor(readonly parts: readonly [Refused, ...Refused[]]) {
    super(parts[0].code, parts[0].facts);
  }
}

/** Wraps a value that was read. */
export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

/** Wraps a reason. */
export function refuse(code: ProblemCode, facts: ProblemFacts = {}): Refused {
  return new Refused(code, facts);
}

/** @returns the value that was read, or null */
export function valueOf<T>(reading: Reading<T>): T | null {
  return reading.ok ? reading.value : null;
}

/**
 * Returns a field as text. Absent, null and blank are ''; numbers of JSON clients become text.
 * @returns null for a list, an object or any other value
 */
export function asText(raw: unknown): string | null {
  if (raw === undefined || raw === null) return '';
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  return typeof raw === 'string' ? raw.trim() : null;
}

/** Returns a raw field; undefined if it is absent or inherited. */
export function ownField(raw: RawFields, name: string): unknown {
  return Object.hasOwn(raw, name) ? raw[name] : undefined;
}
