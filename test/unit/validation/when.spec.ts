import { Temporal } from 'temporal-polyfill';
import { validateRequest, type Validated } from '../../../src/validation/validate-request.js';
import { GOOD, NOW, RULES } from './rules.js';
import { fc } from '../../support/properties.js';

const VIENNA = 'Europe/Vienna';

/** Validates like the chat doors. */
function ask(fields: object, now: number = NOW): Validated {
  return validateRequest({ ...GOOD, ...fields }, { ...RULES, now }, { refusesUnknown: false });
}

/** `field code` of the problems, or the instant of the start. */
function said(when: unknown, timeZone = VIENNA, now: number = NOW): string {
  return verdictOf(ask({ when, timeZone }, now));
}

function verdictOf(result: Validated): string {
  if (!result.ok) return result.problems.map(({ field, code }) => `${field} ${code}`).join();
  const { dueAt, startsNow } = result.request;
  return startsNow ? 'now' : `${new Date(dueAt).toISOString()}${result.isFirstOfTwo ? ' first' : ''}`;
}

describe('a start in words', () => {
  it.each([
    ['now', 'now'],
    ['  Right Now ', 'now'],
    ['in 0 minutes', 'now'],
    ['', 'now'],
    ['14:30', 'now'],
    ['in 2 hours', '2026-11-22T15:30:25.000Z'],
    ['2 hours from now', '2026-11-22T15:30:25.000Z'],
    ['in 90 minutes', '2026-11-22T15:00:25.000Z'],
    ['in half an hour', '2026-11-22T14:00:25.000Z'],
    ['2h', '2026-11-22T15:30:25.000Z'],
    ['tomorrow 9am', '2026-11-23T08:00:00.000Z'],
    ['Tomorrow at 9 AM', '2026-11-23T08:00:00.000Z'],
    ['tomorrow 09:00', '2026-11-23T08:00:00.000Z'],
    ['tomorrow at 21', '2026-11-23T20:00:00.000Z'],
    ['noon tomorrow', '2026-11-23T11:00:00.000Z'],
    ['9am', '2026-11-23T08:00:00.000Z'],
    ['17:30', '2026-11-22T16:30:00.000Z'],
    ['friday 18:00', '2026-11-27T17:00:00.000Z'],
    ['next friday at 5pm', '2026-11-27T16:00:00.000Z'],
    ['in 3 days at 9:15', '2026-11-25T08:15:00.000Z'],
    ['2026-12-24 18:00', '2026-12-24T17:00:00.000Z'],
    ['on 2026-12-24 at 18:00', '2026-12-24T17:00:00.000Z'],
    ['24.12.2026 18:00', '2026-12-24T17:00:00.000Z'],
    ['Dec 24 6pm', '2026-12-24T17:00:00.000Z'],
    ['2026-12-24T18:00:00Z', '2026-12-24T18:00:00.000Z'],
    ['2026-12-24t18:00+02:00', '2026-12-24T16:00:00.000Z'],
    ['<t:1798131600:F>', '2026-12-24T17:00:00.000Z'],
    ['<t:1798131600>', '2026-12-24T17:00:00.000Z'],
    ['28 Feb 2027 10:00', '2027-02-28T09:00:00.000Z'],
    ['Apr 30 2027 9am', '2027-04-30T07:00:00.000Z'],
  ])('reads “%s”', (when, expected) => {
    expect(said(when)).toBe(expected);
  });

  it.each([
    ['tomorrow', 'when when.no_hour'],
    ['friday', 'when when.no_hour'],
    ['in 3 days', 'when when.no_hour'],
    ['next week', 'when when.no_hour'],
    ['tonight', 'when when.no_hour'],
    ['tomorrow 9', 'when when.no_hour'],
    ['tomorrow at 9', 'when when.which_half'],
    ['at 5 tomorrow', 'when when.which_half'],
    ['next friday at 12', 'when when.which_half'],
    ['5/6/2027 18:00', 'when when.which_date'],
    ['05.06.2027 18:00', 'when when.which_date'],
    ['tomorrow 9am PST', 'when when.other_zone'],
    ['yesterday 9am', 'when when.past'],
    ['5 minutes ago', 'when when.past'],
    ['2020-01-01 10:00', 'when when.past'],
    ['2026-11-22T13:00:00Z', 'when when.past'],
    ['2031-01-01 10:00', 'when when.too_far'],
    ['in 99999 hours', 'when when.too_far'],
    ['whenever you like', 'when when.unclear'],
    ['9am to 10am', 'when when.unclear'],
    ['tomorrow 9am or 10am', 'when when.unclear'],
    ['red panda tomorrow 9am', 'when when.unclear'],
    ['2027-02-30 10:00', 'when when.no_such_day'],
    ['2026-13-40T99:00:00Z', 'when when.no_such_month'],
    ['<t:1766000000:F>', 'when when.past'],
    ['<t:4102444800>', 'when when.too_far'],
    ['<t:999999999999:F>', 'when when.too_far'],
    ['<t:soon:F>', 'when when.unclear'],
    ['x'.repeat(5000), 'when when.unclear'],
    [['now'], 'when field.not_text'],
  ])('asks again about “%s”', (when, expected) => {
    expect(said(when)).toBe(expected);
  });

  it('counts relative times in elapsed time and wall times by the clock across a clock change', () => {
    const beforeSpring = Date.parse('2027-03-28T00:30:00Z');
    expect(said('in 2 hours', VIENNA, beforeSpring)).toBe('2027-03-28T02:30:00.000Z');
    expect(said('4am', VIENNA, beforeSpring)).toBe('2027-03-28T02:00:00.000Z');
    const beforeAutumn = Date.parse('2027-10-30T22:30:00Z');
    expect(said('in 4 hours', VIENNA, beforeAutumn)).toBe('2027-10-31T02:30:00.000Z');
  });

  it.each([
    ['2027-02-30', '30 February'],
    ['2027-02-30 10:00', '30 February'],
    ['2027/02/30 10:00', '30 February'],
    ['2027-02-30T10:00', '30 February'],
    ['30.2.2027 10:00', '30 February'],
    ['30.02.27 10:00', '30 February'],
    ['30.2. 10:00', '30 February'],
    ['30-2-2027 10:00', '30 February'],
    ['30/2/2027 10:00', '30 February'],
    ['2/30/2027 10:00', '30 February'],
    ['30/2 10:00', '30 February'],
    ['30 Feb', '30 February'],
    ['30 Feb 10:00', '30 February'],
    ['30-Feb-2027 10:00', '30 February'],
    ['30th of february at 9am', '30 February'],
    ['February 30th', '30 February'],
    ['Feb 30, 2027 9am', '30 February'],
    ['9am on feb 30', '30 February'],
    ['31 April 9am', '31 April'],
    ['Sept 31 9am', '31 September'],
    ['32 Jan 9am', '32 January'],
    ['0 Jan 9am', '0 January'],
    ['29 Feb 9am', '29 February 2027'],
    ['2027-02-29 9am', '29 February 2027'],
    ['february 29 2100 9am', '29 February 2100'],
  ])('says about “%s” that there is no %s', (when, day) => {
    const message = `There is no ${day}. Choose a day that exists.`;
    expect(ask({ when, timeZone: VIENNA })).toMatchObject({
      ok: false,
      problems: [{ field: 'when', code: 'when.no_such_day', message }],
    });
  });

  it.each([
    ['2027-13-01 10:00', 'There is no month 13:'],
    ['13/13/2027 10:00', 'There is no month 13:'],
    ['2027-00-10 10:00', 'There is no month 0:'],
    ['tomorrow 25:00', 'There is no 25:00 on a clock.'],
    ['24:00', 'There is no 24:00 on a clock.'],
    ['tomorrow 9:75', 'There is no 9:75 on a clock.'],
    ['tomorrow 9:30:75', 'There is no 9:30:75 on a clock.'],
    ['tomorrow 13pm', 'There is no 13pm on a clock.'],
    ['tomorrow 13:30 pm', 'There is no 13:30 pm on a clock.'],
    ['tomorrow at 25', 'There is no 25 on a clock.'],
    ['2026-12-24T25:00', 'There is no 25:00 on a clock.'],
  ])('says about “%s” what does not exist', (when, problem) => {
    const message = expect.stringContaining(problem);
    expect(ask({ when, timeZone: VIENNA })).toMatchObject({ ok: false, problems: [{ message }] });
  });

  it('takes the next 29 February if no year is given', () => {
    const inLeapYear = Date.parse('2028-01-10T12:00:00Z');
    expect(said('29 Feb 9am', VIENNA, inLeapYear)).toBe('2028-02-29T08:00:00.000Z');
    expect(said('29 Feb 9am', VIENNA, Date.parse('2027-11-10T12:00:00Z'))).toBe('2028-02-29T08:00:00.000Z');
  });

  it('reads every day of a year in every format', () => {
    const days = fc.integer({ min: 40, max: 360 });
    fc.assert(
      fc.property(days, (ahead) => {
        const day = Temporal.PlainDate.from('2026-11-22').add({ days: ahead });
        const name = day.toLocaleString('en', { month: 'long' });
        const ways = [
          `${day.toString()} 18:30`,
          `${day.toString()}T18:30`,
          `${day.day} ${name} ${day.year} 18:30`,
          `${name} ${day.day}, ${day.year} 18:30`,
          `${day.day} ${name.slice(0, 3)} 18:30`,
        ];
        const expected = verdictOf(ask({ date: day.toString(), time: '18:30', timeZone: 'UTC' }));
        expect(ways.map((when) => said(when, 'UTC'))).toEqual(ways.map(() => expected));
      }),
    );
  });

  it('suggests the next time if clocks skip the given one', () => {
    const now = Date.parse('2027-03-27T12:00:00Z');
    const message = expect.stringContaining('02:30 does not exist on that day. Choose 03:00');
    expect(ask({ when: 'tomorrow 2:30am', timeZone: VIENNA }, now)).toEqual({
      ok: false,
      problems: [{ field: 'when', code: 'when.skipped', message }],
      late: null,
    });
  });

  it('takes the earlier time if clocks show it twice', () => {
    const now = Date.parse('2027-10-30T12:00:00Z');
    expect(said('tomorrow 2:30am', VIENNA, now)).toBe('2027-10-31T00:30:00.000Z first');
  });

  it('needs a zone for wall times only', () => {
    expect(said('in 2 hours', '')).toBe('2026-11-22T15:30:25.000Z');
    expect(said('tomorrow 9am', '')).toBe('timeZone timeZone.missing');
    expect(said('2026-12-24T18:00:00Z', '')).toBe('2026-12-24T18:00:00.000Z');
    expect(said('<t:1798131600:F>', '')).toBe('2026-12-24T17:00:00.000Z');
  });

  it('equals date and time of the form in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const minutes = fc.integer({ min: 24 * 60, max: 365 * 24 * 60 });
    fc.assert(
      fc.property(zones, minutes, (timeZone, ahead) => {
        const at = Temporal.Instant.fromEpochMilliseconds((Math.floor(NOW / 60_000) + ahead) * 60_000);
        const shown = at.toZonedDateTimeISO(timeZone).toPlainDateTime();
        const [date, time] = shown.toString({ smallestUnit: 'minute' }).split('T');
        expect(said(`${date} ${time}`, timeZone)).toBe(verdictOf(ask({ date, time, timeZone })));
      }),
      { numRuns: 200 },
    );
  });

  it('answers any text', () => {
    const words = fc.constantFrom(
      'tomorrow',
      'in',
      '2',
      'hours',
      '9am',
      'noon',
      'friday',
      '24:00',
      '12/24',
      '-',
      '🐼',
      'now',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(words).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(texts, (when) => {
        expect(said(when)).toMatch(/^(now|\d{4}-.+Z( first)?|when when\.\w+)$/);
      }),
      { numRuns: 500 },
    );
  });
});
