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
import { choicesOf, type FieldOf, MAX_SIDE_PX, REQUEST_FIELDS } from '../jobs/request/request-fields.js';
import type { Problem } from './problem.js';
import { type ProblemCode, type ProblemFacts, wordProblem } from './problem-wording.js';
import { refuseChoice } from './read-choice.js';
import { unknownPlaceIn } from './read-name-pattern.js';
import { refuse, Refused } from './reading.js';

/** Most sites that one list may name. */
const MAX_SITES = 20;
const MAX_PATTERN_LENGTH = 100;
const BALANCED = /^(?:[^{}]|\{[^{}]*\})*$/;
const SAFE_PATTERN = /^(?:[\p{L}\p{N}\p{M} _-]|\{[^{}]*\})*$/u;

/** Says what is wrong with a value that breaks a rule; null if nothing is. */
type Complain = (value: unknown) => Refused | null;

/**
 * The context of a rule, which the library hands back beside a value that breaks it. The library keeps one
 * context for all rules of one name: no property has two of them.
 */
interface RuleContext {
  readonly complain: Complain;
}

/** Passes a value that could be read; the reason why another one could not is the value itself. */
export function IsRead(): PropertyDecorator {
  return rule('isRead', (value) => (value instanceof Refused ? value : null));
}

/** Passes no choice, and one of the choices of a field. */
export function IsChoice(name: FieldOf<'choice'>): PropertyDecorator {
  const choices = choicesOf(name);
  const options = saying((value) => refuseChoice(String(value), choices));
  return applyDecorators(IsRead(), IsSet(), IsIn(choices, options));
}

/** Passes no number, and whole pixels within the limits of a field. */
export function IsPixels(name: FieldOf<'pixels'>): PropertyDecorator {
  const { min } = REQUEST_FIELDS[name];
  const options = says('pixels.not_whole', { min, max: MAX_SIDE_PX });
  return applyDecorators(IsRead(), IsSet(), IsInt(options), Min(min, options), Max(MAX_SIDE_PX, options));
}

/** Passes yes and no. */
export function IsFlag(): PropertyDecorator {
  return applyDecorators(IsRead(), IsBoolean(says('flag.unclear')));
}

/** Passes a list of sites that is not too long. */
export function IsSiteList(): PropertyDecorator {
  return applyDecorators(IsRead(), ArrayMaxSize(MAX_SITES, says('sites.too_many', { max: MAX_SITES })));
}

/** Passes no pattern, and one of safe characters and known places. */
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

/** Everything that is wrong with the single fields of an object: the first broken rule of each. */
export function problemsIn(fields: object): Problem[] {
  return validateSync(fields, { stopAtFirstError: true }).flatMap(problemsOf);
}

/** A problem in plain words. */
export function problemAt(field: string, { code, facts }: Pick<Refused, 'code' | 'facts'>): Problem {
  return { field, code, message: wordProblem(code, facts) };
}

function problemsOf({ property, value, contexts = {} }: ValidationError): Problem[] {
  const complaints: readonly RuleContext[] = Object.values(contexts);
  return complaints
    .flatMap(({ complain }) => complain(value) ?? [])
    .map((refused) => problemAt(property, refused));
}

function rule(name: string, complain: Complain): PropertyDecorator {
  const validator = {
    validate: (value: unknown) => complain(value) === null,
    // The library hands back the context of a rule only if the rule has a message.
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

/** The other rules of a property hold only for a value. */
function IsSet(): PropertyDecorator {
  return ValidateIf((_fields, value) => value !== null);
}
