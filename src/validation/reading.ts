import type { RawFields } from './problem.js';
import type { ProblemCode, ProblemFacts } from './problem-wording.js';

/** What a raw value means, or why it means nothing. */
export type Reading<T> = { readonly ok: true; readonly value: T } | Refused;

/** Why a raw value means nothing. */
export class Refused {
  readonly ok = false;

  constructor(
    readonly code: ProblemCode,
    readonly facts: ProblemFacts,
  ) {}
}

/** A value that could be read. */
export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

/** A value that could not be read. */
export function refuse(code: ProblemCode, facts: ProblemFacts = {}): Refused {
  return new Refused(code, facts);
}

/** @returns the value that was read, or null */
export function valueOf<T>(reading: Reading<T>): T | null {
  return reading.ok ? reading.value : null;
}

/**
 * A field as text: absent, null and blank are all ''. Numbers are taken as JSON clients send them.
 * @returns null where the value is a list, an object or another thing that is no text
 */
export function asText(raw: unknown): string | null {
  if (raw === undefined || raw === null) return '';
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  return typeof raw === 'string' ? raw.trim() : null;
}

/** A field as it came in; undefined where it is absent or only inherited. */
export function ownField(raw: RawFields, name: string): unknown {
  return Object.hasOwn(raw, name) ? raw[name] : undefined;
}
