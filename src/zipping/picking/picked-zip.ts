import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { ByteRange } from '../archive-store.port.js';
import { companionsOf } from '../companions.js';
import type { Manifest } from '../manifest.js';
import type { ArchiveListing } from '../reading/archive-contents.js';
import type { ArchiveEntry } from '../reading/archive-entries.js';
import {
  directoryPlace,
  type DirectoryRecord,
  directoryRecords,
  MAX_TAIL_BYTES,
} from '../reading/zip-directory.js';
import { type ZipEntry, zipStream } from '../zip-stream.js';
import { movedRecord, zipEnd } from './zip-records.js';

/** A zip of some images of an archive: ranges of the archive as they are, then what is new. */
export interface PickedZip {
  /** Size of the whole picked zip. */
  readonly bytes: number;
  /** Ranges of the archive, in order. */
  readonly parts: readonly ByteRange[];
  /** The manifests and the contact sheet of the picked images, the directory and the end. */
  readonly rest: Buffer;
  /** Lower-case hex digest of `rest`. */
  readonly restSha256: string;
}

/**
 * Plans the zip of picked images. The same pick of the same archive gives the same bytes.
 * @param picked indexes of images, ascending from 0
 */
export async function pickedZip(listing: ArchiveListing, picked: readonly number[]): Promise<PickedZip> {
  const images = picked.flatMap((index) => listing.entries[index] ?? []);
  const parts = partsOf(images);
  const companions = await packed(pickedManifest(listing.manifest, picked));
  const companionsAt = totalBytes(parts);
  const directoryAt = companionsAt + companions.content.length;
  const records = [
    ...moved(images),
    ...companions.records.map((record) => movedRecord(record, companionsAt + record.offset)),
  ];
  const directory = Buffer.concat(records);
  const end = zipEnd(records.length, directory.length, directoryAt);
  const rest = Buffer.concat([companions.content, directory, end]);
  const restSha256 = createHash('sha256').update(rest).digest('hex');
  return { bytes: companionsAt + rest.length, parts, rest, restSha256 };
}

/** The manifest of picked images; of all images it is the same. */
export function pickedManifest(manifest: Manifest, picked: readonly number[]): Manifest {
  const files = picked.flatMap((index) => manifest.files[index] ?? []);
  return files.length === manifest.files.length ? manifest : { ...manifest, picked: files.length, files };
}

/** The ranges of the entries; those of neighbours are joined. */
function partsOf(entries: readonly ArchiveEntry[]): ByteRange[] {
  const parts: { start: number; end: number }[] = [];
  for (const { offset, end } of entries) {
    const last = parts.at(-1);
    if (last !== undefined && last.end + 1 === offset) last.end = end - 1;
    else parts.push({ start: offset, end: end - 1 });
  }
  return parts;
}

/** The records of entries that lie one after the other from the start. */
function moved(entries: readonly ArchiveEntry[]): Buffer[] {
  let at = 0;
  return entries.map((entry) => {
    const record = movedRecord(entry, at);
    at += entry.end - entry.offset;
    return record;
  });
}

function totalBytes(parts: readonly ByteRange[]): number {
  return parts.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}

/** The companions of a manifest, written as in every archive: local headers with content, and records. */
async function packed(
  manifest: Manifest,
): Promise<{ readonly content: Buffer; readonly records: readonly DirectoryRecord[] }> {
  const modified = { at: Date.parse(manifest.packedAt), timeZone: manifest.timeZone };
  const zip = await buffer(zipStream(oneByOne(await companionsOf(manifest)), modified));
  const { start, bytes, count } = directoryPlace(zip.subarray(-MAX_TAIL_BYTES), zip.length);
  const records = directoryRecords(zip.subarray(start, start + bytes), count);
  return { content: zip.subarray(0, start), records };
}

async function* oneByOne(entries: Iterable<ZipEntry>): AsyncGenerator<ZipEntry, void, void> {
  yield* entries;
}

/** The part of a picked zip within a range; null: all. */
export function partsWithin(
  { bytes, parts, rest }: PickedZip,
  range: ByteRange | null,
): Pick<PickedZip, 'parts' | 'rest'> {
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  const within: ByteRange[] = [];
  let at = 0;
  for (const part of parts) {
    // The offset between the part's place in the archive and its place in the picked zip.
    const shift = part.start - at;
    const [from, to] = [Math.max(part.start, start + shift), Math.min(part.end, end + shift)];
    if (from <= to) within.push({ start: from, end: to });
    at += part.end - part.start + 1;
  }
  return { parts: within, rest: rest.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at)) };
}
