import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../jobs/clock.port.js';
import { asText, read, type Reading, refuse } from '../reading.js';

/** A name of the IANA database: letters first, so that bare offsets such as `+02:00` are none. */
const ZONE_NAME = /^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/;

/** The zone of people who named none and need none, because they start now. */
export const DEFAULT_ZONE = 'UTC';

/** Reads an IANA time zone in any case, e.g. `europe/vienna`; blank is an empty text. */
export function readTimeZone(raw: unknown): Reading<string> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (text === '') return read('');
  if (!ZONE_NAME.test(text)) return refuse('timeZone.unknown');
  try {
    return read(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId);
  } catch {
    // The only way to ask whether a zone exists is to use it.
    return refuse('timeZone.unknown');
  }
}

/** Names that V8 still lists under the spelling of an older IANA edition. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Names of older IANA editions that {@link readTimeZone} takes beside those of {@link timeZoneNames}. */
export const OLDER_ZONE_NAMES: readonly string[] = Object.keys(RENAMED);

/** One zone to choose from. */
export interface ZoneChoice {
  /** IANA name. */
  readonly id: string;
  /** E.g. `+01:00`, at the instant asked about. */
  readonly offset: string;
}

/** Every zone there is, `UTC` first, then by name. */
export function timeZoneNames(): string[] {
  const names = Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name);
  return [DEFAULT_ZONE, ...[...new Set(names)].filter((name) => name !== DEFAULT_ZONE).toSorted()];
}

/** A zone with its offset `at` an instant; a zone not asked about before takes about a millisecond. */
export function zoneChoice(id: string, at: Instant): ZoneChoice {
  return { id, offset: Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(id).offset };
}

/** Every zone there is, in the order of {@link timeZoneNames}, with its offset `at` an instant. */
export function timeZoneChoices(at: Instant): ZoneChoice[] {
  return timeZoneNames().map((id) => zoneChoice(id, at));
}
