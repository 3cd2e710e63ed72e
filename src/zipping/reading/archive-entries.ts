import { buffer } from 'node:stream/consumers';
import { AppError } from '../../jobs/app-error.js';
import type { ArchiveName, ArchiveStore, ByteRange } from '../archive-store.port.js';
import {
  directoryPlace,
  type DirectoryRecord,
  directoryRecords,
  LOCAL_HEADER_BYTES,
  MAX_TAIL_BYTES,
} from './zip-directory.js';

/** A stored zip. */
export interface StoredZip {
  readonly name: ArchiveName;
  readonly bytes: number;
}

/** One file of a stored zip. */
export interface ArchiveEntry extends DirectoryRecord {
  /** Where the next local header, or the directory, begins: header and content lie before. */
  readonly end: number;
}

/** Many times the directory of the largest job; a damaged zip may state any size. */
const MAX_DIRECTORY_BYTES = 16 * 2 ** 20;
const LOCAL_SIGNATURE = 0x04034b50;

/**
 * Reads the directory of a stored zip.
 * @returns its files, in the order of the directory
 * @throws AppError `archive.not_found`, `archive.failed` if it is damaged; the signal's reason
 */
export async function readEntries(
  store: ArchiveStore,
  zip: StoredZip,
  signal: AbortSignal,
): Promise<ArchiveEntry[]> {
  const tailAt = Math.max(0, zip.bytes - MAX_TAIL_BYTES);
  const tail = await readRange(store, zip.name, { start: tailAt, end: zip.bytes - 1 }, signal);
  const { start, bytes, count } = directoryPlace(tail, zip.bytes);
  if (bytes > MAX_DIRECTORY_BYTES) throw new AppError('archive.failed', { reason: 'large directory' });
  if (bytes === 0) return [];
  const directory = await readRange(store, zip.name, { start, end: start + bytes - 1 }, signal);
  return bounded(directoryRecords(directory, count), start);
}

/** Adds where each file ends. */
function bounded(records: readonly DirectoryRecord[], directoryAt: number): ArchiveEntry[] {
  const starts = [...records.map(({ offset }) => offset), directoryAt].toSorted((a, b) => a - b);
  const nextOf = new Map(starts.map((start, index) => [start, starts[index + 1] ?? directoryAt]));
  return records.map((record) => {
    const end = nextOf.get(record.offset) ?? 0;
    if (record.offset + LOCAL_HEADER_BYTES + record.packedBytes > end || end > directoryAt)
      throw new AppError('archive.failed', { reason: 'files overlap' });
    return { ...record, end };
  });
}

/** Where the content of an entry lies. @throws like readEntries */
export async function contentRange(
  store: ArchiveStore,
  { name }: StoredZip,
  entry: ArchiveEntry,
  signal: AbortSignal,
): Promise<{ readonly start: number; readonly bytes: number }> {
  const { offset, packedBytes, method, end } = entry;
  const header = await readRange(
    store,
    name,
    { start: offset, end: offset + LOCAL_HEADER_BYTES - 1 },
    signal,
  );
  const start = offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const fits = header.readUInt32LE(0) === LOCAL_SIGNATURE && start + packedBytes <= end;
  if (!fits || method !== 0) throw new AppError('archive.failed', { reason: 'no stored file' });
  return { start, bytes: packedBytes };
}

/** Reads a range into memory: only for ranges with a bound. @throws like readEntries */
export async function readRange(
  store: ArchiveStore,
  name: ArchiveName,
  range: ByteRange,
  signal: AbortSignal,
): Promise<Buffer> {
  const expected = range.end - range.start + 1;
  if (expected <= 0) throw new AppError('archive.failed', { reason: 'empty' });
  const bytes = await buffer(await store.open(name, range, signal));
  if (bytes.length === expected) return bytes;
  throw new AppError('archive.failed', { expected, found: bytes.length });
}
