import {
  type AskedFilters,
  askedFilters,
  type AskedOutput,
  askedOutput,
} from '../jobs/request/asked-fields.js';
import type { LicenceHint, OriginalWay } from '../jobs/candidate.js';
import { type WordedReport, wordedReport } from '../jobs/wording/engine-wording.js';
import { shortfallByReason } from '../jobs/wording/query-reports.js';
import type { EngineReport, Job, ShortfallEntry } from '../jobs/job.js';
import { attributionOf } from './attribution.js';
import { type ManifestQuery, manifestQueries, type PlaceFacts } from './manifest-queries.js';
import type { FileFacts, PackedImage } from './packed-image.js';

/** The facts of one file in the archive. */
export interface ManifestFile extends PlaceFacts {
  /** Path in the archive. */
  readonly file: string;
  readonly url: string | null;
  readonly page: string | null;
  readonly title: string | null;
  readonly site: string | null;
  /** As stated by the engine; a hint, not a proof. */
  readonly licence: LicenceHint | null;
  /** The credit line as the licence asks for; null if no licence is known. */
  readonly attribution: string | null;
  readonly engine: string;
  /**
   * How the address of the image was found; null: the engine has only one way; `thumbnail`: the file is the
   * engine's small preview, not an original.
   */
  readonly foundBy: OriginalWay | null;
  readonly format: string;
  /** Pixels as people see them, after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Lower-case hex digest of the file. */
  readonly sha256: string;
  /** The file as downloaded if it was converted, scaled or stripped; else null. */
  readonly original: FileFacts | null;
  /** Why the file is as downloaded although a change was asked for; else null. */
  readonly note: string | null;
}

/** The content of `manifest.json`; instants are RFC 3339 in UTC. */
export interface Manifest {
  /** The first query. */
  readonly query: string;
  /** In their order; only for a list of queries. */
  readonly queries?: readonly ManifestQuery[];
  readonly filters: AskedFilters;
  /** How the files were changed and named; null if they are as downloaded. */
  readonly output: AskedOutput | null;
  readonly timeZone: string;
  readonly askedFor: number;
  /** Images of the job's archive. */
  readonly delivered: number;
  /** Images of them in this zip; absent: all. */
  readonly picked?: number;
  /** Counted reasons for delivering fewer than asked for, of all queries together. */
  readonly shortfall: readonly ShortfallEntry[];
  /** The engines that were asked, in order. */
  readonly engines: readonly WordedReport[];
  readonly dueAt: string;
  readonly startedAt: string | null;
  readonly packedAt: string;
  readonly files: readonly ManifestFile[];
}

/** Facts of the run that filled the archive. */
export interface RunFacts {
  readonly shortfall: readonly ShortfallEntry[];
  readonly engines: readonly EngineReport[];
}

/** @param packedAt is in milliseconds since 1970 */
export function manifestOf(
  job: Job,
  files: readonly ManifestFile[],
  { shortfall, engines }: RunFacts,
  packedAt: number,
): Manifest {
  const { query, timeZone, count, dueAt } = job.request;
  return {
    query,
    ...(job.request.queries === undefined ? {} : { queries: manifestQueries(job, files, shortfall) }),
    filters: askedFilters(job.request),
    output: askedOutput(job.request),
    timeZone,
    askedFor: count,
    delivered: files.length,
    shortfall: shortfallByReason(shortfall),
    engines: engines.map((report) => wordedReport(report, files.length < count ? 'not tried' : 'not needed')),
    dueAt: rfc3339(dueAt),
    startedAt: job.startedAt === null ? null : rfc3339(job.startedAt),
    packedAt: rfc3339(packedAt),
    files,
  };
}

/** The facts of a packed image. @param path of the file in the archive */
export function manifestFile(
  { image, file, original, note }: PackedImage,
  path: string,
  facts: PlaceFacts = {},
): ManifestFile {
  const { candidate } = image;
  return {
    file: path,
    ...facts,
    url: webAddress(candidate.imageUrl),
    page: candidate.pageUrl,
    title: candidate.title,
    site: candidate.site,
    licence: candidate.licence,
    attribution: attributionOf(candidate),
    engine: candidate.engine,
    foundBy: candidate.foundBy ?? null,
    ...file,
    original,
    note,
  };
}

/** Previews may be part of their page; they have no address then. */
function webAddress(url: string | null): string | null {
  return url?.startsWith('data:') === true ? null : url;
}

function rfc3339(instant: number): string {
  return new Date(instant).toISOString();
}
