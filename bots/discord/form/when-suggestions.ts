import { durationText } from '../../../src/jobs/wording/amount-text.js';
import { momentText } from '../../../src/jobs/wording/moment-text.js';
import type { Instant } from '../../../src/jobs/clock.port.js';
import type { Validated } from '../../../src/validation/validate-request.js';
import { suggestion, type Suggestion } from './suggestion.js';

/** Suggestions for an empty field. */
const USUAL = ['now', 'in 1 hour', 'tomorrow 9am', 'tomorrow 6pm'];
/** Endings to complete an unclear time, and the problems they solve. */
const ENDINGS = ['am', 'pm', ' 9am', ' 12:00', ' 6pm'];
const HELPED: readonly string[] = ['when.no_hour', 'when.which_half', 'when.unclear'];
const MOST = 5;

/**
 * Reads a time in words back; an ambiguous one in each of its meanings.
 * @param check validates a time in the asker's zone
 * @param now for the distance of each time
 */
export function whenSuggestions(
  typed: string,
  check: (when: string) => Validated,
  now: Instant,
): Suggestion[] {
  const words = typed.trim();
  const readAll = (all: readonly string[]): Suggestion[] =>
    all.flatMap((when) => readBack(when, check(when), now) ?? []).slice(0, MOST);
  if (words === '') return readAll(USUAL);
  const checked = check(words);
  if (checked.ok) return readAll([words]);
  const [problem] = checked.problems;
  if (problem === undefined) return [];
  const meant = HELPED.includes(problem.code) ? readAll(ENDINGS.map((ending) => words + ending)) : [];
  return meant.length > 0 ? meant : [suggestion(problem.message, words)];
}

function readBack(when: string, checked: Validated, now: Instant): Suggestion | null {
  if (!checked.ok) return null;
  const { request, isFirstOfTwo } = checked;
  if (request.startsNow) return suggestion('Now', when);
  const away = durationText(Math.max(0, request.dueAt - now));
  const twice = isFirstOfTwo ? ', the first of two' : '';
  return suggestion(`${momentText(request.dueAt, request.timeZone)}${twice} – in ${away}`, when);
}
