import type { Readable } from 'node:stream';
import type { ArchiveName, JobId } from '../jobs/job.js';

export type { ArchiveName };

/** @returns the name of the zip that the run with `epoch` makes */
export function archiveName(id: JobId, epoch: number): ArchiveName {
  return `${id}/${epoch}.zip`;
}

/** @returns the name of the thumbnail of an image, a WebP of at most 128 x 128 pixels */
export function thumbnailName(id: JobId, imageSha256: string): ArchiveName {
  return `${id}/thumbs/${imageSha256}.webp`;
}

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What was stored. */
export interface StoredObject {
  readonly bytes: number;
  /** Lower-case hex digest. */
  readonly sha256: string;
}

/** Keeps finished archives and thumbnails until the job expires. */
export abstract class ArchiveStore {
  /**
   * Stores a stream, or bytes, under a name, replacing what is there; the object appears only when it is whole. The
   * pieces are the store's: it may empty them once they are stored.
   * @throws AppError `disk.full`, `disk.not_writable`, `storage.unavailable`; the stream's own error
   */
  abstract put(name: ArchiveName, content: Readable | Buffer, signal: AbortSignal): Promise<StoredObject>;

  /** @returns the size in bytes, or null when there is no such object */
  abstract size(name: ArchiveName): Promise<number | null>;

  /**
   * Opens an object or a part of it. Who gets the stream reads or destroys it; `signal` ends the opening and, later,
   * the stream, also where nobody has begun to read.
   * @throws AppError `archive.not_found`; the signal's reason
   */
  abstract open(name: ArchiveName, range: ByteRange | null, signal: AbortSignal): Promise<Readable>;

  /** Deletes one object. Deleting what is not there is no error. */
  abstract delete(name: ArchiveName): Promise<void>;

  /** Deletes every zip of a job but `keep`, and what a killed process left unfinished; thumbnails stay. */
  abstract deleteOthers(id: JobId, keep: ArchiveName): Promise<void>;

  /** Deletes everything of a job. Deleting twice is no error. */
  abstract deleteAll(id: JobId): Promise<void>;

  /** The ids of all jobs that have anything stored. */
  abstract jobs(): AsyncIterable<JobId>;

  /** Answers when objects can be stored. @throws AppError `storage.unavailable`, `disk.not_writable` */
  abstract ping(signal: AbortSignal): Promise<void>;
}
