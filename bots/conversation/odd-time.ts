import { MONTH_NAME } from '../../src/validation/times/impossible-time.js';
import { type TimeAtEnd, timeAtEnd } from '../../src/validation/times/natural-time.js';

const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
const DAY = String.raw`(?:today|tomorrow|(?:(?:next|this|on)\s+)?${WEEKDAY}|every\s+\p{L}+|daily)`;
const NUMBER_OF_DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const DATE = `(?:${[
  String.raw`\d{4}[-./]\d{1,2}[-./]\d{1,2}`,
  String.raw`\d{1,2}[-./]\d{1,2}[-./]\d{2,4}`,
  String.raw`${NUMBER_OF_DAY}(?:\s+of)?[\s-]${MONTH_NAME}\.?(?:[\s,-]+\d{4})?`,
  String.raw`${MONTH_NAME}\.?[\s-]${NUMBER_OF_DAY}(?:[\s,-]+\d{4})?`,
].join('|')})`;
/** A date without a year, which counts as a date only if a time of day follows. */
const SHORT_DATE = String.raw`\d{1,2}(?:/\d{1,2}|\.\d{1,2}\.)`;
const CLOCK = String.raw`\d{1,2}(?:[:.]\d{2}(?:\s?[ap]m)?|\s?[ap]m|h\d{0,2})`;

const DAY_AT_END = new RegExp(String.raw`(?<=^|\s)(?:${DAY}|${DATE}|${SHORT_DATE}),?\s*(?:at\s+)?$`, 'iu');
const ODD_TIMES = [
  String.raw`(?<=^|\s)(?:${DAY}|${DATE}|${SHORT_DATE}),?\s+(?:at\s+)?${CLOCK}$`,
  String.raw`(?<=^|\s)(?:at\s+)?${CLOCK},?\s+(?:on\s+)?(?:${DAY}|${DATE})$`,
  String.raw`(?<=^|\s\d{1,3},?\s+)(?:${DATE}|${CLOCK})$`,
].map((source) => new RegExp(source, 'iu'));

/**
 * Finds a time at the end of a text, including a time with a day that does not fit, e.g. `every day 9am`, and
 * an impossible time, e.g. `30 Feb 10:00` or `today 25:00`. Validation refuses these two, so they are not
 * taken for a part of the query.
 */
export function meantTimeAtEnd(text: string): TimeAtEnd | null {
  const found = withDayInFront(text, timeAtEnd(text));
  const odd = ODD_TIMES.map((pattern) => pattern.exec(text)?.index ?? text.length);
  const index = Math.min(...odd);
  return index < (found?.index ?? text.length) ? { index, isHourCertain: true } : found;
}

function withDayInFront(text: string, found: TimeAtEnd | null): TimeAtEnd | null {
  if (found === null || /^in\s/iu.test(text.slice(found.index))) return found;
  const day = DAY_AT_END.exec(text.slice(0, found.index));
  return day === null ? found : { index: day.index, isHourCertain: true };
}
