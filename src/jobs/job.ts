import type { EngineName } from '../engines/engines.js';
import type { Channel, ChatChannel } from './channels.js';
import type { Instant } from './clock.port.js';
import type { ErrorContext } from './app-error.js';
import type { FailureCode } from './failure-codes.js';
import type { Filters } from './request/filters.js';
import type { RejectionReason } from './rejection-reasons.js';
import type { JobState, Stage } from './job-states.js';
import type { Output } from './request/output.js';

/**
 * Names a job in records, files and logs: 128 bits as 32 lower-case hex digits. Knowing it gives no right to
 * anything; people hold a PublicJobId (see job-tokens.ts).
 */
export type JobId = string;

/** The way in by which a job was asked for. */
export type Door = 'web' | 'api' | 'terminal' | ChatChannel;

/** Who is told: stored only to send the notices, never logged, deleted with the job. */
export interface Recipient {
  readonly channel: Channel;
  /** E-mail: an addr-spec. Chat: the channel's own opaque address. */
  readonly address: string;
}

/** The validated input of a job. */
export interface JobRequest {
  /** Trimmed, NFC, 1 to 200 characters. */
  readonly query: string;
  /** 1 to 500 (`MAX_IMAGES`). */
  readonly count: number;
  /** When the job shall start. */
  readonly dueAt: Instant;
  /** Whether the asker left the time open, so that `dueAt` is the moment of asking. */
  readonly startsNow: boolean;
  /** IANA zone in which the asker thinks, e.g. `Europe/Vienna`. */
  readonly timeZone: string;
  readonly filters: Filters;
  /** Engines in the order of preference; empty means the operator's order. */
  readonly engines: readonly EngineName[];
  readonly recipients: readonly Recipient[];
  /** How the images are put into the zip; absent: as downloaded. */
  readonly output?: Output;
}

/** Counts shown while a job runs. */
export interface Progress {
  /** Candidates found so far. */
  readonly found: number;
  readonly kept: number;
  readonly rejected: Readonly<Partial<Record<RejectionReason, number>>>;
  /** Bytes of the kept images. */
  readonly bytes: number;
  /** The engines that were asked, in that order. */
  readonly engines: readonly EngineReport[];
}

/** How one engine did in a run. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly found: number;
  readonly kept: number;
  /** Why it gave no more; null while it searches, and where there were enough before it ended. */
  readonly end: FailureCode | 'exhausted' | null;
  /** Results whose image was rejected; absent where nothing was found, and in records of older versions. */
  readonly leftOut?: number;
  /** Until when it is left alone after it refused or could not be read; absent: it may be asked at once. */
  readonly restsUntil?: Instant;
}

/** What a run begins with. */
export const NO_PROGRESS: Progress = { found: 0, kept: 0, rejected: {}, bytes: 0, engines: [] };

/** One counted reason why fewer images than asked were delivered. */
export interface ShortfallEntry {
  /** A rejection reason, or why the search ended (a failure code, or `search_exhausted`). */
  readonly reason: RejectionReason | FailureCode | 'search_exhausted';
  readonly count: number;
}

/** Why a job failed. */
export interface Cause {
  readonly code: FailureCode;
  readonly context: ErrorContext;
}

/** Where an object lies: everything of a job under its id, e.g. `<id>/1.zip`, `<id>/thumbs/<sha256>.webp`. */
export type ArchiveName = `${JobId}/${string}`;

/** The delivered zip. */
export interface Archive {
  /** Name in the ArchiveStore: `<job id>/<epoch>.zip`. */
  readonly name: ArchiveName;
  readonly bytes: number;
  /** Lower-case hex digest of the zip. */
  readonly sha256: string;
}

/** One request with its state, progress and result. */
export interface Job {
  readonly id: JobId;
  readonly door: Door;
  readonly request: JobRequest;
  readonly state: JobState;
  /** What a running job is doing; null in every other state. */
  readonly stage: Stage | null;
  /** Grows with every change that a watcher should see. */
  readonly version: number;
  /** Grows by one each time a worker begins the job; 0 before the first. */
  readonly epoch: number;
  /** Begins that count against the limit (a hand-back at shutdown does not). */
  readonly attempts: number;
  readonly submittedAt: Instant;
  /** When the next run is planned: the request's instant, later after a backoff. */
  readonly dueAt: Instant;
  /** When the first run began. */
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly progress: Progress;
  /** Images in the archive. */
  readonly delivered: number;
  readonly shortfall: readonly ShortfallEntry[];
  readonly cause: Cause | null;
  readonly archive: Archive | null;
  /** When files and record are deleted; null until the job is final. */
  readonly expiresAt: Instant | null;
  /** Whether the one extension was used. */
  readonly extended: boolean;
  /** Last line of deletion, fixed at submit: whatever happens, nothing of the job outlives it. */
  readonly purgeAt: Instant;
}

/** What a store needs to record a new job; everything else has its starting value. */
export interface NewJob extends Pick<Job, 'id' | 'door' | 'request' | 'submittedAt' | 'purgeAt'> {
  /** Whether its e-mail recipients are asked at once whether they want its notices; absent: no. */
  readonly asksToConfirm?: boolean;
}

/** How a run leaves its job. */
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
