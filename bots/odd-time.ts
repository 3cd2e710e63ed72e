import type { TimeAtEnd } from '../src/validation/natural-time.js';

const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
const DAY = String.raw`(?:today|tomorrow|(?:(?:next|this|on)\s+)?${WEEKDAY}|every\s+\p{L}+|daily)`;
const DATE = String.raw`(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})`;
const CLOCK = String.raw`\d{1,2}(?:[:.]\d{2}|\s?[ap]m|h\d{0,2})`;

const DAY_AT_END = new RegExp(String.raw`(?<=^|\s)(?:${DAY}|${DATE}),?\s*(?:at\s+)?$`, 'iu');
const DAY_AND_CLOCK = new RegExp(String.raw`(?<=^|\s)(?:${DAY}|${DATE}),?\s+(?:at\s+)?${CLOCK}$`, 'iu');
const COUNT_AND_DATE = new RegExp(String.raw`(?<=\s\d{1,3},?\s+)${DATE}$`, 'iu');

/**
 * A time that was found, with a day that stands in front of it and does not fit to it, e.g. `2027-02-30 10:00`
 * or `every day 9am`: whoever wrote it meant it, so it is to be asked about instead of searched for.
 */
export function withTimeInFront(text: string, found: TimeAtEnd | null): TimeAtEnd | null {
  if (found === null || /^in\s/iu.test(text.slice(found.index))) return found;
  const day = DAY_AT_END.exec(text.slice(0, found.index));
  return day === null ? found : { index: day.index, isHourCertain: true };
}

/** Finds what looks like a time at the end of a text but is none, e.g. `today 25:00`. */
export function oddTimeAtEnd(text: string): TimeAtEnd | null {
  const odd = DAY_AND_CLOCK.exec(text) ?? COUNT_AND_DATE.exec(text);
  return odd === null ? null : { index: odd.index, isHourCertain: true };
}
