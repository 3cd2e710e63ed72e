import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../jobs/clock.port.js';
import { asText, read, type Reading, refuse } from '../reading.js';

/** A name of the IANA database. It starts with a letter, which excludes offsets such as `+02:00`. */
const ZONE_NAME = /^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/;

/** The zone of a request without one, which starts now. */
export const DEFAULT_ZONE = 'UTC';

/** Reads an IANA time zone in any case, e.g. `europe/vienna`; '' if it is blank. */
export function readTimeZone(raw: unknown): Reading<string> {
  const text = asText(raw);
  if (text === null) return refuse('field.not_text');
  if (text === '') return read('');
  if (!ZONE_NAME.test(text)) return refuse('timeZone.unknown');
  try {
    return read(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId);
  } catch {
    // Temporal throws for an unknown zone; there is no other check.
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

/** A zone in a list to choose from. */
export interface ZoneChoice {
  /** IANA name. */
  readonly id: string;
  /** UTC offset at the given instant, e.g. `+01:00`. */
  readonly offset: string;
}

/** All zone names, `UTC` first, then by name. */
export function timeZoneNames(): string[] {
  const names = Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name);
  return [DEFAULT_ZONE, ...[...new Set(names)].filter((name) => name !== DEFAULT_ZONE).toSorted()];
}

/** A zone with its offset `at` an instant. The first use of a zone takes about a millisecond. */
export function zoneChoice(id: string, at: Instant): ZoneChoice {
  return { id, offset: Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(id).offset };
}

/** All zones in the order of {@link timeZoneNames}, with their offsets `at` an instant. */
export function timeZoneChoices(at: Instant): ZoneChoice[] {
  return timeZoneNames().map((id) => zoneChoice(id, at));
}
