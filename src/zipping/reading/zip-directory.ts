import { AppError } from '../../jobs/app-error.js';

/** One record of the central directory of a zip. */
export interface DirectoryRecord {
  readonly name: string;
  /** The record as stored, with name and extra fields. */
  readonly raw: Buffer;
  /** Where the local header begins in the zip. */
  readonly offset: number;
  /** 0: stored without compression. */
  readonly method: number;
  readonly bytes: number;
  /** Bytes of the content in the zip. */
  readonly packedBytes: number;
}

/** Where the central directory lies in a zip. */
export interface DirectoryPlace {
  readonly start: number;
  readonly bytes: number;
  readonly count: number;
}

/** Bytes of the fixed part of each structure of the format. */
export const LOCAL_HEADER_BYTES = 30;
export const RECORD_BYTES = 46;
export const END_BYTES = 22;
/** The 64-bit end and its locator, which lie before the end of a large zip. */
export const END64_BYTES = 56;
export const LOCATOR_BYTES = 20;

export const RECORD_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;
export const END64_SIGNATURE = 0x06064b50;
export const LOCATOR_SIGNATURE = 0x07064b50;

/** Values that say: the extra field or the 64-bit end has the number. */
export const IN_64_BITS = 0xffffffff;
export const COUNT_IN_64_BITS = 0xffff;
export const EXTRA64_ID = 1;

/** The end structures of a zip without a comment: our archives have none. */
export const MAX_TAIL_BYTES = END64_BYTES + LOCATOR_BYTES + END_BYTES;

/**
 * Finds the central directory.
 * @param tail the last bytes of the zip, MAX_TAIL_BYTES of them unless it is shorter
 * @param zipBytes size of the whole zip
 * @throws AppError `archive.failed` if the zip is damaged
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3
 */
export function directoryPlace(tail: Buffer, zipBytes: number): DirectoryPlace {
  const end = tail.length - END_BYTES;
  must(end >= 0 && tail.readUInt32LE(end) === END_SIGNATURE && tail.readUInt16LE(end + 20) === 0, 'no end');
  const place = {
    count: tail.readUInt16LE(end + 10),
    bytes: tail.readUInt32LE(end + 12),
    start: tail.readUInt32LE(end + 16),
  };
  const is64 = place.count === COUNT_IN_64_BITS || place.bytes === IN_64_BITS || place.start === IN_64_BITS;
  const found = is64 ? place64(tail, end) : place;
  const before = zipBytes - END_BYTES - (is64 ? END64_BYTES + LOCATOR_BYTES : 0);
  must(found.start + found.bytes <= before && found.count * RECORD_BYTES <= found.bytes, 'directory outside');
  return found;
}

function place64(tail: Buffer, end: number): DirectoryPlace {
  const at = end - LOCATOR_BYTES - END64_BYTES;
  must(at >= 0 && tail.readUInt32LE(at) === END64_SIGNATURE, 'no 64-bit end');
  return { count: number64(tail, at + 32), bytes: number64(tail, at + 40), start: number64(tail, at + 48) };
}

/**
 * Reads the records of a central directory, in its order.
 * @throws AppError `archive.failed` if it is damaged
 */
export function directoryRecords(directory: Buffer, count: number): DirectoryRecord[] {
  const records: DirectoryRecord[] = [];
  let at = 0;
  while (at < directory.length) {
    must(at + RECORD_BYTES <= directory.length, 'cut off');
    must(directory.readUInt32LE(at) === RECORD_SIGNATURE, 'no record');
    const bytes = recordBytes(directory, at);
    must(at + bytes <= directory.length, 'cut off');
    records.push(readRecord(directory.subarray(at, at + bytes)));
    at += bytes;
  }
  must(records.length === count, 'another number of records');
  return records;
}

function recordBytes(directory: Buffer, at: number): number {
  const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
  return RECORD_BYTES + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
}

function readRecord(raw: Buffer): DirectoryRecord {
  const extraAt = RECORD_BYTES + raw.readUInt16LE(28);
  const extra64 = extraFields(raw.subarray(extraAt, extraAt + raw.readUInt16LE(30))).find(
    ({ id }) => id === EXTRA64_ID,
  );
  let at = 0;
  // The extra field has only the numbers that do not fit, in this order.
  const [bytes = 0, packedBytes = 0, offset = 0] = [24, 20, 42].map((field) => {
    const short = raw.readUInt32LE(field);
    if (short !== IN_64_BITS) return short;
    must(extra64 !== undefined && at + 8 <= extra64.data.length, 'no 64-bit number');
    at += 8;
    return extra64 === undefined ? 0 : number64(extra64.data, at - 8);
  });
  const name = raw.toString('utf8', RECORD_BYTES, extraAt);
  return { name, raw, offset, bytes, packedBytes, method: raw.readUInt16LE(10) };
}

/** One extra field of a record. */
export interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
  /** The field with its id and length. */
  readonly raw: Buffer;
}

/** Reads extra fields; what is left over at the end is no field. */
export function extraFields(extra: Buffer): ExtraField[] {
  const fields: ExtraField[] = [];
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    fields.push({
      id: extra.readUInt16LE(at),
      data: extra.subarray(at + 4, end),
      raw: extra.subarray(at, end),
    });
    at = end;
  }
  return fields;
}

function number64(buffer: Buffer, at: number): number {
  const value = buffer.readBigUInt64LE(at);
  must(value <= BigInt(Number.MAX_SAFE_INTEGER), 'a number too large');
  return Number(value);
}

function must(holds: boolean, reason: string): void {
  if (!holds) throw new AppError('archive.failed', { reason });
}
