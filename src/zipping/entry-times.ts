import type { ZipArchive } from 'archiver';
import { Temporal } from 'temporal-polyfill';

/** The last change of the entries of a zip. */
export interface EntryTime {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** IANA name of the zone for readers that know only the older time without a zone. */
  readonly timeZone: string;
}

/** The extended timestamp of Info-ZIP. */
const FIELD_ID = 0x5455;
const DATA_BYTES = 5;
/** The field contains only the time of the last change, so it is the same in both headers of an entry. */
const HOLDS_MODIFIED = 1;
const MAX_SECONDS = 2 ** 31 - 1;

/**
 * The clock of the zone as a date in UTC. archiver makes the DOS time of an entry from it; that time has no
 * zone, and readers take it for local.
 */
export function wallClock({ at, timeZone }: EntryTime): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return new Date(at + zoned.offsetNanoseconds / 1e6);
}

/**
 * Adds the instant to both headers of every entry that is appended from now on: archiver has no option for
 * it.
 * @throws Error if archiver has another structure
 * @see https://libzip.org/specifications/extrafld.txt
 */
export function addTimestamps(zip: ZipArchive, { at }: EntryTime): void {
  const field = timestampField(Math.floor(at / 1000));
  const engine = engineOf(zip);
  const normalize = engine._normalizeEntry;
  engine._normalizeEntry = (entry) => {
    normalize.call(engine, entry);
    const others = entry.getExtra;
    // Added, not set: archiver sets the 64-bit offsets of a large zip later, in the same place.
    entry.getExtra = () => Buffer.concat([field, others.call(entry)]);
  };
}

/** @param seconds of the epoch; a value that does not fit into the field is left out */
function timestampField(seconds: number): Buffer {
  if (Math.abs(seconds) > MAX_SECONDS) return Buffer.alloc(0);
  const field = Buffer.alloc(4 + DATA_BYTES);
  field.writeUInt16LE(FIELD_ID, 0);
  field.writeUInt16LE(DATA_BYTES, 2);
  field.writeUInt8(HOLDS_MODIFIED, 4);
  field.writeInt32LE(seconds, 5);
  return field;
}

/** A file in archiver's engine before its header is written. */
interface EngineEntry {
  getExtra(): Buffer;
}

/** The part of archiver that writes the zip. */
interface Engine {
  _normalizeEntry(entry: EngineEntry): void;
}

function engineOf(zip: ZipArchive): Engine {
  const engine = propertyOf(propertyOf(zip, '_module'), 'engine');
  if (isEngine(engine)) return engine;
  throw new Error('archiver has no engine that makes entries');
}

function isEngine(value: unknown): value is Engine {
  return typeof propertyOf(value, '_normalizeEntry') === 'function';
}

function propertyOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
