import { registerDecorator } from 'class-validator';
import type { ProblemCode, ProblemFacts } from './problem-wording.js';
import type { Reading } from './reading.js';

/** Reads a property, knowing the whole object. */
export type Check<T> = (fields: T) => Reading<unknown>;

/** The first thing wrong with a property, as it travels through class-validator's messages. */
export interface CheckedProblem {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;
}

/**
 * Property decorator: the property is valid when every check can read it. The message of the constraint
 * is the first problem as JSON; {@link parseCheckedProblem} gives it back.
 */
export function CheckedBy<T extends object>(...checks: readonly Check<T>[]) {
  return (target: T, propertyName: string): void => {
    registerDecorator({
      name: 'checkedBy',
      target: target.constructor,
      propertyName,
      validator: {
        validate: (_value, args) => firstProblem(checks, args?.object) === null,
        defaultMessage: (args) => JSON.stringify(firstProblem(checks, args?.object)),
      },
    });
  };
}

function firstProblem<T extends object>(
  checks: readonly Check<T>[],
  object: object | undefined,
): CheckedProblem | null {
  for (const check of checks) {
    // class-validator hands back the very object whose class carries the decorator.
    const reading = check(object as T);
    if (!reading.ok) return { code: reading.code, facts: reading.facts };
  }
  return null;
}

/** Reads what {@link CheckedBy} wrote as a constraint's message. */
export function parseCheckedProblem(message: string): CheckedProblem {
  return JSON.parse(message) as CheckedProblem;
}
