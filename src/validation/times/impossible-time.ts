import { Temporal } from 'temporal-polyfill';
import type { ProblemCode } from '../problem-wording.js';
import { refuse, type Refused } from '../reading.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
/** A leap year: it has every day. */
const LEAP_YEAR = 2028;
const CENTURY = 2000;

/** Regular expression source of month names, for the flag `i`. */
export const MONTH_NAME =
  '(?:jan(?:uary)?|febr?(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** A date as written, with any numbers. */
interface WrittenDate {
  /** Null means the next such date. */
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

type Meanings = (...parts: readonly (string | undefined)[]) => readonly WrittenDate[];

const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const YEAR_BEHIND = String.raw`(?:[\s,-]+(\d{4})(?![\d:]))?`;
const inDayOrder: Meanings = (day, month, year) => [written(year, month, day)];
/** Month and day in either order, since both are common. */
const inEitherOrder: Meanings = (a, b, year) => [written(year, b, a), written(year, a, b)];

/** Date formats with their possible meanings; the first match counts. */
const FORMS: readonly (readonly [RegExp, Meanings])[] = [
  [form(String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)`), (y, m, d) => [written(y, m, d)]],
  [form(String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?![\d:])`), inEitherOrder],
  [form(String.raw`(\d{1,2})\.(\d{1,2})\.(?!\d)`), inDayOrder],
  [form(String.raw`(\d{1,2})/(\d{1,2})(?![\d/])`), inEitherOrder],
  [form(String.raw`${DAY}(?:\s+of)?[\s-]*(${MONTH_NAME})\b\.?${YEAR_BEHIND}`), inDayOrder],
  [
    form(String.raw`(${MONTH_NAME})\b\.?[\s-]+${DAY}(?![\d:.h]|\s?[ap]\.?m)${YEAR_BEHIND}`),
    (month, day, year) => [written(year, month, day)],
  ],
];
const CLOCK = /(?<![\d.:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])/gu;
const HALF_DAY_CLOCK = /(?<![\d.:])(\d{1,2})(?::\d{2})?\s?[ap]\.?m\b/iu;
const HOUR_ALONE = /\bat\s+(\d{1,2})(?![\d:.h]|\s?[ap]\.?m)/iu;

/**
 * Finds an impossible date or time of day in a text, e.g. `30 Feb 10:00`, `2027-13-01` or `today 25:00`.
 * Ambiguous numbers may be month and day or day and month.
 * @param today picks the year of a 29 February without one
 * @returns the problem, or null
 */
export function impossibleTime(text: string, today: Temporal.PlainDate): Refused | null {
  return impossibleDate(text, today) ?? impossibleClock(text);
}

function impossibleDate(text: string, today: Temporal.PlainDate): Refused | null {
  for (const [pattern, meaningsOf] of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const problems = meaningsOf(...match.slice(1)).map((date) => problemOf(date, today));
    // If both orders are impossible, the one with a real month is reported.
    return problems.includes(null) ? null : (problems.find(isAboutDay) ?? problems[0] ?? null);
  }
  return null;
}

function isAboutDay(problem: Refused | null): boolean {
  return problem?.ok === false && problem.code === ('when.no_such_day' satisfies ProblemCode);
}

function problemOf({ year, month, day }: WrittenDate, today: Temporal.PlainDate): Refused | null {
  const name = MONTHS[month - 1];
  if (name === undefined) return refuse('when.no_such_month', { month });
  if (day < 1 || day > daysIn(LEAP_YEAR, month)) return refuse('when.no_such_day', { day: `${day} ${name}` });
  const meant = year ?? (month < today.month ? today.year + 1 : today.year);
  return day <= daysIn(meant, month) ? null : refuse('when.no_such_day', { day: `${day} ${name} ${meant}` });
}

function daysIn(year: number, month: number): number {
  return Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

function impossibleClock(text: string): Refused | null {
  const odd = [...text.matchAll(CLOCK)].find(
    ([, hour, minute, second = 0]) => Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59,
  );
  const half = HALF_DAY_CLOCK.exec(text);
  const alone = HOUR_ALONE.exec(text);
  if (odd !== undefined) return refuse('when.no_such_time', { time: odd[0] });
  if (half !== null && Number(half[1]) > 12) return refuse('when.no_such_time', { time: half[0] });
  return alone !== null && Number(alone[1]) > 23
    ? refuse('when.no_such_time', { time: alone[1] ?? '' })
    : null;
}

function form(source: string): RegExp {
  return new RegExp(String.raw`(?<![\d.:/-])${source}`, 'iu');
}

function written(year: string | undefined, month = '', day = ''): WrittenDate {
  const named = MONTHS.findIndex(
    (name) => month.length > 2 && name.toLowerCase().startsWith(month.slice(0, 3).toLowerCase()),
  );
  return {
    year: year === undefined ? null : Number(year) + (year.length === 2 ? CENTURY : 0),
    month: named < 0 ? Number(month) : named + 1,
    day: Number(day),
  };
}
