import { Injectable } from '@nestjs/common';
import { AppError } from '../../jobs/app-error.js';
import type { Archive, Job } from '../../jobs/job.js';
import { untilAborted } from '../../jobs/timing/until-aborted.js';
import { ArchiveStore, storedName } from '../archive-store.port.js';
import type { Manifest } from '../manifest.js';
import {
  type ArchiveEntry,
  contentRange,
  readEntries,
  readRange,
  type StoredZip,
} from './archive-entries.js';
import { readManifest } from './read-manifest.js';
import { RecentReads } from './recent-reads.js';

/** The images of a stored archive. */
export interface ArchiveListing {
  readonly zip: StoredZip & Pick<Archive, 'sha256'>;
  readonly manifest: Manifest;
  /** The entries of `manifest.files`, in the same order. */
  readonly entries: readonly ArchiveEntry[];
}

/** Two open pages of large jobs and some of small ones; a listing of 500 images takes about 1 MB. */
const RECENT = { maxCount: 8, keepMs: 60_000 };
const MAX_MANIFEST_BYTES = 64 * 2 ** 20;
/** A deadline against a disk that hangs. */
const READ_WITHIN_MS = 20_000;

/** Reads what is in stored archives, of this and of earlier versions. */
@Injectable()
export class ArchiveContents {
  private readonly recent = new RecentReads<ArchiveListing>(RECENT);

  constructor(private readonly store: ArchiveStore) {}

  /**
   * Lists the images of the archive of a job. Listings are remembered for a minute after their last use.
   * @throws AppError `archive.not_found`, `archive.failed` if the archive is damaged; the signal's reason
   */
  read(job: Pick<Job, 'id'>, archive: Archive, signal: AbortSignal): Promise<ArchiveListing> {
    const zip = { ...archive, name: storedName(job, archive) };
    // Several readers may wait for one read, so it does not end with the first of them.
    const listing = this.recent.get(`${zip.name} ${zip.sha256}`, () =>
      listingOf(this.store, zip, AbortSignal.timeout(READ_WITHIN_MS)),
    );
    return untilAborted(listing, signal);
  }
}

async function listingOf(
  store: ArchiveStore,
  zip: ArchiveListing['zip'],
  signal: AbortSignal,
): Promise<ArchiveListing> {
  const entries = new Map((await readEntries(store, zip, signal)).map((entry) => [entry.name, entry]));
  const manifestEntry = present(entries.get('manifest.json'), 'no manifest');
  const { start, bytes } = await contentRange(store, zip, manifestEntry, signal);
  if (bytes > MAX_MANIFEST_BYTES) throw new AppError('archive.failed', { reason: 'large manifest' });
  const text = await readRange(store, zip.name, { start, end: start + bytes - 1 }, signal);
  const manifest = readManifest(text.toString('utf8'));
  return { zip, manifest, entries: manifest.files.map(({ file }) => present(entries.get(file), 'no image')) };
}

function present(entry: ArchiveEntry | undefined, reason: string): ArchiveEntry {
  if (entry === undefined) throw new AppError('archive.failed', { reason });
  return entry;
}
