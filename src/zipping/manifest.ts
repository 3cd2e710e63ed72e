import type { LicenceHint } from '../jobs/candidate.js';
import type { Filters } from '../jobs/filters.js';
import type { Job, ShortfallEntry } from '../jobs/job.js';
import { entryNames } from './entry-names.js';
import type { KeptImage } from './kept-image.js';

/** What the archive says about one of its files. */
export interface ManifestFile {
  readonly file: string;
  readonly url: string | null;
  readonly page: string | null;
  readonly title: string | null;
  readonly site: string | null;
  /** As the engine stated it; a hint, not a proof. */
  readonly licence: LicenceHint | null;
  readonly engine: string;
  /** Pixels as decoded. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Lower-case hex digest of the file. */
  readonly sha256: string;
}

/** What the archive says about itself; instants are RFC 3339 in UTC. */
export interface Manifest {
  readonly query: string;
  readonly filters: Filters;
  readonly timeZone: string;
  readonly askedFor: number;
  readonly delivered: number;
  /** Counted reasons why fewer were delivered than asked for. */
  readonly shortfall: readonly ShortfallEntry[];
  readonly dueAt: string;
  readonly startedAt: string | null;
  readonly packedAt: string;
  readonly files: readonly ManifestFile[];
}

/** The manifest of a job's archive; `packedAt` is an instant in milliseconds. */
export function manifestOf(
  job: Job,
  kept: readonly KeptImage[],
  shortfall: readonly ShortfallEntry[],
  packedAt: number,
): Manifest {
  const { query, filters, timeZone, count, dueAt } = job.request;
  const names = entryNames(kept, query);
  return {
    query,
    filters,
    timeZone,
    askedFor: count,
    delivered: kept.length,
    shortfall,
    dueAt: rfc3339(dueAt),
    startedAt: job.startedAt === null ? null : rfc3339(job.startedAt),
    packedAt: rfc3339(packedAt),
    files: kept.map((image, index) => manifestFile(image, names[index] ?? '')),
  };
}

function manifestFile({ candidate, outcome }: KeptImage, file: string): ManifestFile {
  const { width, height, bytes, sha256 } = outcome.file;
  return {
    file,
    url: candidate.imageUrl,
    page: candidate.pageUrl,
    title: candidate.title,
    site: candidate.site,
    licence: candidate.licence,
    engine: candidate.engine,
    width,
    height,
    bytes,
    sha256,
  };
}

function rfc3339(instant: number): string {
  return new Date(instant).toISOString();
}
