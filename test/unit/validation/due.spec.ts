import { OLDER_ZONE_NAMES } from '../../../src/validation/times/time-zones.js';
import { isShownTwice } from '../../../src/validation/times/wall-time.js';
import { NOW, validate, verdict } from './rules.js';
import { fc } from '../../support/properties.js';

const VIENNA = 'Europe/Vienna';
const at = (date: unknown, time: unknown, timeZone: unknown = VIENNA) => ({ date, time, timeZone });

describe('date, time and zone', () => {
  it.each([
    ['nothing given', at('', '', ''), 'now'],
    ['only a zone', at('', ''), 'now'],
    ['the current minute', at('2026-11-22', '14:30'), 'now'],
    ['a passed second of the current minute', at('2026-11-22', '14:30:05'), 'now'],
    ['a coming second of the current minute', at('2026-11-22', '14:30:40'), '2026-11-22T13:30:40.000Z'],
    ['the next minute', at('2026-11-22', '14:31'), '2026-11-22T13:31:00.000Z'],
    ['midnight', at('2026-11-23', '00:00'), '2026-11-22T23:00:00.000Z'],
    ['another zone in odd case', at('2026-11-23', '09:00', 'asia/kolkata'), '2026-11-23T03:30:00.000Z'],
    ['a leap day', at('2028-02-29', '12:00', 'UTC'), '2028-02-29T12:00:00.000Z'],
    ['the last moment allowed', at('2027-11-23', '13:30', 'UTC'), '2027-11-23T13:30:00.000Z'],
    [
      'a date that is tomorrow here and today there',
      at('2026-11-22', '23:59', 'Pacific/Pago_Pago'),
      '2026-11-23T10:59:00.000Z',
    ],
  ])('takes %s', (_what, fields, expected) => {
    expect(verdict(fields, { maxAheadMs: fields.date === '2028-02-29' ? 1e12 : 366 * 86_400_000 })).toEqual([
      expected,
    ]);
  });

  it.each([
    ['a time without a date', at('', '09:00'), 'date date.missing'],
    ['a date without a time', at('2026-11-23', ''), 'time time.missing'],
    ['no zone', at('2026-11-23', '09:00', ''), 'timeZone timeZone.missing'],
    ['an unknown zone', at('2026-11-23', '09:00', 'Europe/Wien'), 'timeZone timeZone.unknown'],
    ['an offset for a zone', at('2026-11-23', '09:00', '+02:00'), 'timeZone timeZone.unknown'],
    [
      'a whole timestamp for a zone',
      at('2026-11-23', '09:00', '2020-01-01T00:00[UTC]'),
      'timeZone timeZone.unknown',
    ],
    ['a day that does not exist', at('2027-02-29', '09:00'), 'date date.invalid'],
    ['month 13', at('2026-13-01', '09:00'), 'date date.invalid'],
    ['a date written another way', at('23.11.2026', '09:00'), 'date date.invalid'],
    ['year zero', at('0000-00-00', '09:00'), 'date date.invalid'],
    ['24:00', at('2026-11-23', '24:00'), 'time time.invalid'],
    ['9:00', at('2026-11-23', '9:00'), 'time time.invalid'],
    ['a leap second', at('2026-11-23', '23:59:60'), 'time time.invalid'],
    ['9 pm', at('2026-11-23', '9 pm'), 'time time.invalid'],
    ['the minute before this one', at('2026-11-22', '14:29'), 'time time.past'],
    ['yesterday', at('2026-11-21', '23:59'), 'date date.past'],
    ['long ago', at('1826-11-21', '09:00'), 'date date.past'],
    ['more than a year ahead', at('2027-11-23', '13:31', 'UTC'), 'date date.too_far'],
    ['the last year there is', at('9999-12-31', '23:59'), 'date date.too_far'],
    ['a list', at(['2026-11-23'], '09:00'), 'date field.not_text'],
  ])('refuses %s', (_what, fields, expected) => {
    expect(verdict(fields)).toEqual([expected]);
  });

  it.each([
    [VIENNA, '2027-03-28', '02:30', '03:00'],
    [VIENNA, '2027-03-28', '02:00', '03:00'],
    ['America/New_York', '2027-03-14', '02:59:59', '03:00'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '02:30'],
    ['Africa/Cairo', '2027-04-30', '00:30', '01:00'],
  ])('refuses a time that %s skips on %s at %s and offers %s', (zone, date, time, next) => {
    const now = Date.parse('2026-09-01T00:00:00Z');
    const result = validate(at(date, time, zone), { now });
    expect(result).toMatchObject({ ok: false, problems: [{ field: 'time', code: 'time.skipped' }] });
    expect(JSON.stringify(result)).toContain(`Choose ${next} or`);
  });

  it.each([
    [VIENNA, '2027-10-31', '02:30', '2027-10-31T00:30:00.000Z first'],
    [VIENNA, '2027-10-31', '03:00', '2027-10-31T02:00:00.000Z'],
    ['America/New_York', '2027-11-07', '01:00', '2027-11-07T05:00:00.000Z first'],
    ['Australia/Lord_Howe', '2027-04-04', '01:45', '2027-04-03T14:45:00.000Z first'],
  ])('takes the earlier of two equal times in %s on %s at %s and says so', (zone, date, time, expected) => {
    expect(verdict(at(date, time, zone))).toEqual([expected]);
  });

  it('recognises an instant whose wall-clock time occurs twice', () => {
    expect(isShownTwice(Date.parse('2027-10-31T00:30:00Z'), VIENNA)).toBe(true);
    expect(isShownTwice(Date.parse('2027-10-31T01:30:00Z'), VIENNA)).toBe(true);
    expect(isShownTwice(Date.parse('2027-10-31T02:30:00Z'), VIENNA)).toBe(false);
  });

  it('finds every minute of the coming year from its wall-clock time in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 366 * 1440 - 1 }), zones, (minutes, timeZone) => {
        const instant = Math.floor(NOW / 60_000) * 60_000 + minutes * 60_000;
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
        const [date, time] = shown.format(instant).split(' ');
        const result = validate({ date, time, timeZone });
        const found = result.ok ? result.request.dueAt : null;
        const isLaterOfTwo = isShownTwice(instant, timeZone) && found !== instant;
        expect(isLaterOfTwo ? instant : found).toBe(instant);
        expect(Number(found)).toBeLessThanOrEqual(instant);
      }),
    );
  });
});

describe('the zones that forms choose for their readers', () => {
  it.each([...OLDER_ZONE_NAMES, 'Etc/GMT+12', 'Etc/GMT-14'])('are accepted: %s', (timeZone) => {
    expect(verdict(at('2026-11-24', '09:00', timeZone))).toEqual([expect.stringMatching(/^2026-11-2/)]);
  });
});
