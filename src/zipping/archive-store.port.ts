import type { Readable } from 'node:stream';
import type { Archive, ArchiveName, Job, JobId } from '../jobs/job.js';

export type { ArchiveName };

/** @returns the name of the zip of the run with `epoch` */
export function archiveName(id: JobId, epoch: number): ArchiveName {
  return `${id}/${epoch}.zip`;
}

/** @returns the name of the archive of a job: its folder comes from the job's id, whatever the record says */
export function storedName({ id }: Pick<Job, 'id'>, { name }: Pick<Archive, 'name'>): ArchiveName {
  return `${id}/${name.slice(name.lastIndexOf('/') + 1)}`;
}

/** @returns the name of the thumbnail of an image, a WebP of at most 320 × 320 pixels (128 × 128 in older jobs) */
export function thumbnailName(id: JobId, imageSha256: string): ArchiveName {
  return `${id}/thumbs/${imageSha256}.webp`;
}

/** A range of bytes from `start` to `end`, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A stored object. */
export interface StoredObject {
  readonly bytes: number;
  /** Lower-case hex digest. */
  readonly sha256: string;
}

/** Keeps finished archives and thumbnails until the job expires. */
export abstract class ArchiveStore {
  /**
   * Stores a stream or bytes under a name, replacing what is there; the object appears only when it is whole.
   * The store may empty the buffers once they are stored.
   * @throws AppError `disk.full`, `disk.not_writable`, `storage.unavailable`; the stream's own error
   */
  abstract put(name: ArchiveName, content: Readable | Buffer, signal: AbortSignal): Promise<StoredObject>;

  /** @returns the size in bytes, or null if there is no such object */
  abstract size(name: ArchiveName): Promise<number | null>;

  /**
   * Opens an object or a part of it. The caller reads or destroys the stream; `signal` ends the opening and,
   * later, the stream, even before it is read.
   * @throws AppError `archive.not_found`; the signal's reason
   */
  abstract open(name: ArchiveName, range: ByteRange | null, signal: AbortSignal): Promise<Readable>;

  /**
   * Opens ranges of an object as one stream, in the given order. It goes on when the object is deleted meanwhile,
   * and fails with `archive.failed` where the object is shorter. Otherwise like `open`.
   * @throws AppError `archive.not_found`; the signal's reason
   */
  abstract openParts(name: ArchiveName, parts: readonly ByteRange[], signal: AbortSignal): Promise<Readable>;

  /** Deletes one object. Deleting an absent object is no error. */
  abstract delete(name: ArchiveName): Promise<void>;

  /** Deletes every zip of a job except `keep`, and unfinished files of a killed process; thumbnails stay. */
  abstract deleteOthers(id: JobId, keep: ArchiveName): Promise<void>;

  /** Deletes everything of a job. Safe to call twice. */
  abstract deleteAll(id: JobId): Promise<void>;

  /** The ids of all jobs with stored objects. */
  abstract jobs(): AsyncIterable<JobId>;

  /** Checks that objects can be stored. @throws AppError `storage.unavailable`, `disk.not_writable` */
  abstract ping(signal: AbortSignal): Promise<void>;
}
