import type { ZipArchive } from 'archiver';
import { Temporal } from 'temporal-polyfill';

/** The modification time of all entries of a zip. */
export interface EntryTime {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** IANA time zone of the DOS time, which has no zone; readers that know no other time show it. */
  readonly timeZone: string;
}

/** The extended timestamp of Info-ZIP. */
const FIELD_ID = 0x5455;
const DATA_BYTES = 5;
/** The field holds only the modification time, so it is the same in both headers of an entry. */
const HOLDS_MODIFIED = 1;
const MAX_SECONDS = 2 ** 31 - 1;

/**
 * Returns the local time of the zone as if it were UTC. From it, archiver makes the DOS time of an entry,
 * which has no zone and which readers take for local time.
 */
export function wallClock({ at, timeZone }: EntryTime): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return new Date(at + zoned.offsetNanoseconds / 1e6);
}

/**
 * Adds the instant to both headers of every entry that is appended from now on. Patches archiver, which has
 * no option for this.
 * @throws Error if the internals of archiver have changed
 * @see https://libzip.org/specifications/extrafld.txt
 */
export function addTimestamps(zip: ZipArchive, { at }: EntryTime): void {
  const field = timestampField(Math.floor(at / 1000));
  const engine = engineOf(zip);
  const normalize = engine._normalizeEntry;
  engine._normalizeEntry = (entry) => {
    normalize.call(engine, entry);
    const others = entry.getExtra;
    // Wraps `getExtra` instead of setting it, because the 64-bit offsets of a large zip are set there later.
    entry.getExtra = () => Buffer.concat([field, others.call(entry)]);
  };
}

/** @returns an empty buffer if `seconds` (since 1970) do not fit into the field */
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
