import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  validateSync,
  type ValidationError,
  type ValidationOptions,
} from 'class-validator';
import { DEFAULT_NAME_PATTERN } from '../jobs/request/name-pattern.js';
import { choicesOf, type FieldOf, REQUEST_FIELDS } from '../jobs/request/request-fields.js';
import type { Problem } from './problem.js';
import { type ProblemCode, type ProblemFacts, wordProblem } from './problem-wording.js';
import { refuseChoice } from './read-choice.js';
import { unknownPlaceIn } from './read-name-pattern.js';
import { refuse, Refused, RefusedParts } from './reading.js';

/** Most sites that one list may name. */
const MAX_SITES = 20;
const MAX_PATTERN_LENGTH = 100;
const BALANCED = /^(?:[^{}]|\{[^{}]*\})*$/;
const SAFE_PATTERN = /^(?:[\p{L}\p{N}\p{M} _-]|\{[^{}]*\})*$/u;

const NOT_WHOLE = {
  pixels: 'pixels.not_whole',
  percent: 'percent.not_whole',
  none: 'number.not_whole',
} as const;

/** Says what is wrong with a value that breaks a rule; null if nothing is. */
type Complain = (value: unknown) => Refused | null;

/**
 * The context of a rule. The library returns it with a value that breaks the rule. It merges the contexts of
 * rules with equal names, so a property must not have two such rules.
 */
interface RuleContext {
  readonly complain: Complain;
}

/** Accepts a value that was read. For any other field the value is the reason itself. */
export function IsRead(): PropertyDecorator {
  return rule('isRead', (value) => (value instanceof Refused ? value : null));
}

/** Accepts one of the field's choices, or null. */
export function IsChoice(name: FieldOf<'choice'>): PropertyDecorator {
  const choices = choicesOf(name);
  const options = saying((value) => refuseChoice(String(value), choices));
  return applyDecorators(IsRead(), IsSet(), IsIn(choices, options));
}

/** Accepts a whole number within the field's limits, or null. */
export function IsWholeNumber(name: FieldOf<'number'>): PropertyDecorator {
  const { unit, min, max } = REQUEST_FIELDS[name];
  const options = says(NOT_WHOLE[unit], { min, max });
  return applyDecorators(IsRead(), IsSet(), IsInt(options), Min(min, options), Max(max, options));
}

/** Accepts yes and no. */
export function IsFlag(): PropertyDecorator {
  return applyDecorators(IsRead(), IsBoolean(says('flag.unclear')));
}

/** Accepts a list of at most 20 sites. */
export function IsSiteList(): PropertyDecorator {
  return applyDecorators(IsRead(), ArrayMaxSize(MAX_SITES, says('sites.too_many', { max: MAX_SITES })));
}

/** Accepts a pattern of safe characters and known places, or null. */
export function IsNamePattern(): PropertyDecorator {
  const example = DEFAULT_NAME_PATTERN;
  return applyDecorators(
    IsRead(),
    IsSet(),
    MaxLength(MAX_PATTERN_LENGTH, says('namePattern.too_long', { max: MAX_PATTERN_LENGTH })),
    rule('hasKnownPlaces', (value) => unknownPlaceIn(String(value))),
    rule('hasClosedBraces', (value) =>
      BALANCED.test(String(value)) ? null : refuse('namePattern.open_brace', { example }),
    ),
    Matches(SAFE_PATTERN, says('namePattern.characters', { example })),
  );
}

/** Validates each property of an object alone, and returns the first broken rule of each. */
export function problemsIn(fields: object): Problem[] {
  return validateSync(fields, { stopAtFirstError: true }).flatMap(problemsOf);
}

/** Words the problem of a field. */
export function problemAt(field: string, { code, facts }: Pick<Refused, 'code' | 'facts'>): Problem {
  return { field, code, message: wordProblem(code, facts) };
}

function problemsOf({ property, value, contexts = {} }: ValidationError): Problem[] {
  const rules: readonly RuleContext[] = Object.values(contexts);
  const refusals = rules.flatMap(({ complain }) => complain(value) ?? []);
  // Only a rule without `says` or `saying` gets here: a broken rule must never pass in silence.
  if (refusals.length === 0) throw new Error(`A rule of ${property} does not say what is wrong`);
  const all = refusals.flatMap((refused) => (refused instanceof RefusedParts ? refused.parts : [refused]));
  return all.map((refused) => problemAt(property, refused));
}

function rule(name: string, complain: Complain): PropertyDecorator {
  const validator = {
    validate: (value: unknown) => complain(value) === null,
    // The library returns the context of a rule only if the rule has a message.
    defaultMessage: () => name,
  };
  return ValidateBy({ name, validator }, saying(complain));
}

function says(code: ProblemCode, facts: ProblemFacts = {}): ValidationOptions {
  return saying(() => refuse(code, facts));
}

function saying(complain: Complain): ValidationOptions {
  return { context: { complain } satisfies RuleContext };
}

/** Skips the rules of a property that is null. */
function IsSet(): PropertyDecorator {
  return ValidateIf((_fields, value) => value !== null);
}
