import type { EngineName } from '../engines/engines.js';
import type { Channel, ChatChannel } from './channels.js';
import type { Instant } from './clock.port.js';
import type { ErrorContext } from './app-error.js';
import type { FailureCode } from './failure-codes.js';
import type { ImageRecord } from './image-record.js';
import type { Filters } from './request/filters.js';
import type { RejectionReason } from './rejection-reasons.js';
import type { JobState, Stage } from './job-states.js';
import type { Output } from './request/output.js';

/**
 * Names a job in records, files and logs: 128 bits as 32 lower-case hex digits. Knowing it gives no right to
 * anything; people hold a PublicJobId (see job-tokens.ts).
 */
export type JobId = string;

/** The way by which a job was requested. */
export type Door = 'web' | 'api' | 'terminal' | ChatChannel;

/** A recipient of notices: stored only to send them, never logged, deleted with the job. */
export interface Recipient {
  readonly channel: Channel;
  /** E-mail: an addr-spec. Chat: an opaque address of the platform. */
  readonly address: string;
}

/** One search of a job with several. */
export interface RequestQuery {
  /** The words of the search, with prefix and suffix of the list: trimmed, NFC, 1 to 200 characters. */
  readonly text: string;
  /** Images wanted of it, 1 to 500 (`MAX_IMAGES`). */
  readonly count: number;
  /** Its name in folders, captions and lists, 1 to 100 characters; absent: the text. */
  readonly name?: string;
}

/** The validated input of a job. */
export interface JobRequest {
  /** The first query: trimmed, NFC, 1 to 200 characters. */
  readonly query: string;
  /** Images of all queries together, 1 to `MAX_JOB_IMAGES`. */
  readonly count: number;
  /** 1 to 50 searches, run in this order; absent: only `query`. Read them by `queriesOf`. */
  readonly queries?: readonly RequestQuery[];
  /** Requested start. */
  readonly dueAt: Instant;
  /** Whether the asker left the time open; `dueAt` is then the time of the request. */
  readonly startsNow: boolean;
  /** IANA time zone of the asker, e.g. `Europe/Vienna`. */
  readonly timeZone: string;
  readonly filters: Filters;
  /** Engines in order of preference; empty: the operator's order. */
  readonly engines: readonly EngineName[];
  readonly recipients: readonly Recipient[];
  /** Changes to the images in the zip; absent: as downloaded. */
  readonly output?: Output;
}

/** Counts of a run. */
export interface Progress {
  /** Candidates found so far. */
  readonly found: number;
  readonly kept: number;
  readonly rejected: Readonly<Partial<Record<RejectionReason, number>>>;
  /** Bytes of the kept images. */
  readonly bytes: number;
  /** The engines that were asked, in order; with several queries, their sums. */
  readonly engines: readonly EngineReport[];
  /** The counts of each query, in the order of the request; absent: there is one query. */
  readonly queries?: readonly QueryProgress[];
}

/** Counts of a run for one of several queries. */
export type QueryProgress = Pick<Progress, 'found' | 'kept' | 'rejected' | 'engines'>;

/** The results of one engine in a run. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly found: number;
  readonly kept: number;
  /** Why the engine gave no more results; null while it searches, or if there were enough before its end. */
  readonly end: FailureCode | 'exhausted' | null;
  /** Results whose image was rejected; absent if nothing was found, and in records of older versions. */
  readonly leftOut?: number;
  /** End of the pause after the engine refused or could not be read; absent: no pause. */
  readonly restsUntil?: Instant;
}

/** The progress at the start of a run. */
export const NO_PROGRESS: Progress = { found: 0, kept: 0, rejected: {}, bytes: 0, engines: [] };

/** A counted reason why fewer images than requested were delivered. */
export interface ShortfallEntry {
  /** A rejection reason, or the end of the search (a failure code, or `search_exhausted`). */
  readonly reason: RejectionReason | FailureCode | 'search_exhausted';
  readonly count: number;
  /** Index of the query that lacks the images; absent: 0. */
  readonly query?: number;
}

/** Why a job failed. */
export interface Cause {
  readonly code: FailureCode;
  readonly context: ErrorContext;
}

/** Name of a stored object, under the id of its job, e.g. `<id>/1.zip`, `<id>/thumbs/<sha256>.webp`. */
export type ArchiveName = `${JobId}/${string}`;

/** The delivered zip. */
export interface Archive {
  /** Name in the ArchiveStore: `<job id>/<epoch>.zip`. */
  readonly name: ArchiveName;
  readonly bytes: number;
  /** Lower-case hex digest of the zip. */
  readonly sha256: string;
  /** The images that the asker chose for everybody, as a choice of this archive; absent: all. */
  readonly choice?: string;
}

/** A request with its state, progress and result. */
export interface Job {
  readonly id: JobId;
  readonly door: Door;
  readonly request: JobRequest;
  readonly state: JobState;
  /** Stage of a running job; null in every other state. */
  readonly stage: Stage | null;
  /** Raised with every change that a watcher should see. */
  readonly version: number;
  /** Raised by one each time a worker begins the job; 0 before the first. */
  readonly epoch: number;
  /** Number of begins that count against the limit; a hand-back at shutdown does not count. */
  readonly attempts: number;
  readonly submittedAt: Instant;
  /** Start of the next run: the requested instant, later after a backoff. */
  readonly dueAt: Instant;
  /** Start of the first run. */
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly progress: Progress;
  /** Images in the archive. */
  readonly delivered: number;
  readonly shortfall: readonly ShortfallEntry[];
  readonly cause: Cause | null;
  readonly archive: Archive | null;
  /** Time of deletion of files and records; null until the job is final. */
  readonly expiresAt: Instant | null;
  /** Whether the one extension was used. */
  readonly extended: boolean;
  /** Latest time of deletion, fixed at submit: nothing of the job outlives it. */
  readonly purgeAt: Instant;
}

/** The facts of a new job; all others have their initial values. */
export interface NewJob extends Pick<Job, 'id' | 'door' | 'request' | 'submittedAt' | 'purgeAt'> {
  /** Whether its e-mail recipients are asked to confirm first; absent: no. */
  readonly asksToConfirm?: boolean;
  /** Records with the outcome `excluded`, which become images of the job; absent: none. */
  readonly excluded?: readonly ImageRecord[];
}

/** The outcome of a run. */
export type Outcome =
  | {
      readonly state: 'ready';
      readonly at: Instant;
      readonly archive: Archive;
      readonly delivered: number;
      readonly shortfall: readonly ShortfallEntry[];
      readonly expiresAt: Instant;
    }
  | {
      readonly state: 'failed';
      readonly at: Instant;
      readonly cause: Cause;
      readonly shortfall: readonly ShortfallEntry[];
      readonly expiresAt: Instant;
    }
  | {
      readonly state: 'scheduled';
      readonly at: Instant;
      readonly dueAt: Instant;
      /** Whether the run counts as an attempt; a hand-back at shutdown does not. */
      readonly attemptSpent: boolean;
    };
