import type { Instant } from '../jobs/clock.port.js';
import type { AskedFilters, AskedOutput } from '../jobs/request/asked-fields.js';
import type { WordedReport } from '../jobs/wording/engine-wording.js';
import type { Progress, QueryProgress, ShortfallEntry } from '../jobs/job.js';
import type { JobState, Stage } from '../jobs/job-states.js';

/** One of several searches of a job in the JSON API. */
export interface PublicQuery extends Omit<QueryProgress, 'engines'> {
  readonly query: string;
  /** Its name in folders, captions and lists. */
  readonly name: string;
  readonly count: number;
  readonly engines: readonly WordedReport[];
  /** Its images in the zip. */
  readonly delivered: number;
  readonly shortfall: readonly ShortfallEntry[];
}

/** A job in the JSON API. Instants are RFC 3339 in UTC. */
export interface PublicJob {
  readonly id: string;
  readonly state: JobState;
  readonly stage: Stage | null;
  readonly query: string;
  readonly count: number;
  /** Each of several searches with its results, in order; absent: `query` is the only one. */
  readonly queries?: readonly PublicQuery[];
  readonly dueAt: string;
  /** Start of the first run, later than `dueAt` if the service was busy or not running. */
  readonly startedAt: string | null;
  readonly timeZone: string;
  readonly filters: AskedFilters;
  /** Absent: the images are packed as downloaded. */
  readonly output?: AskedOutput;
  readonly progress: Omit<Progress, 'engines' | 'queries'>;
  /** The results of each engine that was asked, and why it gave no more, also in words. */
  readonly engines: readonly WordedReport[];
  readonly delivered: number;
  readonly shortfall: readonly ShortfallEntry[];
  readonly cause: {
    readonly code: string;
    readonly message: string;
    /** Time from which the search engines can be asked again; absent: waiting does not help. */
    readonly askAgainAt?: string;
  } | null;
  readonly download: {
    readonly url: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly expiresAt: string;
  } | null;
  readonly links: {
    readonly self: string;
    readonly cancel: string;
    readonly retry: string;
    /** Schedules the same request for `cause.askAgainAt`; absent: not possible. */
    readonly retryLater?: string;
    /** Collects only what is missing; absent: nothing is, or the job is not ready. */
    readonly missing?: string;
    /** Collects as many images again without those delivered; absent: the job is not ready. */
    readonly next?: string;
  };
  /** Only in the answer to the deletion, with a `message`. */
  readonly deleted?: true;
  readonly message?: string;
}

/** An instant as RFC 3339 in UTC. */
export function rfc3339(at: Instant): string {
  return new Date(at).toISOString();
}
