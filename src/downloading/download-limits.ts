/** How long, how much and how often: the limits of downloads that no operator needs to turn. */
export interface DownloadLimits {
  /** For name, connection, redirects and the answer's head together. */
  readonly answerDeadlineMs: number;
  /** For one try as a whole. */
  readonly totalDeadlineMs: number;
  /** Silence within a body after which it is given up. */
  readonly stallMs: number;
  /** How often the rate is looked at; also the grace a body gets before it must be fast enough. */
  readonly rateWindowMs: number;
  /** Least bytes per second within a window that is not silent. */
  readonly minBytesPerSecond: number;
  /** Tries after the first, for refusals that pass (429, 503, a lost connection). */
  readonly maxRetries: number;
  /** First wait before a retry; doubles with each, half of it by chance. */
  readonly backoffMs: number;
  /** A `Retry-After` longer than this is not waited for. */
  readonly maxRetryAfterMs: number;
  /**
   * A download older than this and slow is no longer counted on: another candidate is started beside it. Less where
   * others have been seen to take much less.
   */
  readonly doubtAfterMs: number;
  /** Bytes per second, from its start, at which an old download is still counted on. */
  readonly promptBytesPerSecond: number;
  /** For a source page and for a preview, all in all. */
  readonly pageDeadlineMs: number;
  /** For a preview that only settles a doubt. */
  readonly previewDeadlineMs: number;
}

/** What the service runs with; tests take shorter ones. */
export const DOWNLOAD_LIMITS: DownloadLimits = {
  answerDeadlineMs: 12_000,
  totalDeadlineMs: 120_000,
  stallMs: 8000,
  rateWindowMs: 3000,
  minBytesPerSecond: 8192,
  maxRetries: 2,
  backoffMs: 500,
  maxRetryAfterMs: 10_000,
  doubtAfterMs: 2000,
  promptBytesPerSecond: 65_536,
  pageDeadlineMs: 10_000,
  previewDeadlineMs: 3000,
};

/** Nest injection token of the DownloadLimits. */
export const DOWNLOAD_LIMITS_TOKEN = Symbol('DownloadLimits');
