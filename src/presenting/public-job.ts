import type { Instant } from '../jobs/clock.port.js';
import type { AskedFilters, AskedOutput } from '../jobs/request/asked-fields.js';
import type { WordedReport } from '../jobs/wording/engine-wording.js';
import type { Progress, ShortfallEntry } from '../jobs/job.js';
import type { JobState, Stage } from '../jobs/job-states.js';

/** A job as the JSON API shows it. Instants are RFC 3339 in UTC. */
export interface PublicJob {
  readonly id: string;
  readonly state: JobState;
  readonly stage: Stage | null;
  readonly query: string;
  readonly count: number;
  readonly dueAt: string;
  /** When it first began, later than due where the service was busy or not running. */
  readonly startedAt: string | null;
  readonly timeZone: string;
  readonly filters: AskedFilters;
  /** Absent where the images are packed as downloaded. */
  readonly output?: AskedOutput;
  readonly progress: Omit<Progress, 'engines'>;
  /** What each engine that was asked gave, and why it gave no more, with the same in plain words. */
  readonly engines: readonly WordedReport[];
  readonly delivered: number;
  readonly shortfall: readonly ShortfallEntry[];
  readonly cause: {
    readonly code: string;
    readonly message: string;
    /** From when the search engines can be asked again; absent where waiting does not help. */
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
    /** Schedules the same again for `cause.askAgainAt`; absent where that is not possible. */
    readonly retryLater?: string;
  };
  /** Only in the answer to the deletion, with what to say of it. */
  readonly deleted?: true;
  readonly message?: string;
}

/** An instant as RFC 3339 in UTC. */
export function rfc3339(at: Instant): string {
  return new Date(at).toISOString();
}
