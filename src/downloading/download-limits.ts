/** Limits of downloads that no operator needs to change. */
export interface DownloadLimits {
  /** For name, connection, redirects and response head together. */
  readonly answerDeadlineMs: number;
  /** For one try in total. */
  readonly totalDeadlineMs: number;
  /** A silent body is given up after this. */
  readonly stallMs: number;
  /** Interval of rate checks; also the time before a body must be fast enough. */
  readonly rateWindowMs: number;
  /** Minimum bytes per second in an interval with any data. */
  readonly minBytesPerSecond: number;
  /** Tries after the first, for temporary refusals (429, 503, a lost connection). */
  readonly maxRetries: number;
  /** First wait before a retry; doubles each time, half of it is random. */
  readonly backoffMs: number;
  /** Longer `Retry-After` values mean no retry. */
  readonly maxRetryAfterMs: number;
  /**
   * An older, slow download is doubtful: another candidate is started beside it. Shorter if other downloads
   * take much less time.
   */
  readonly doubtAfterMs: number;
  /** Minimum bytes per second, from its start, of an old download that is not doubtful. */
  readonly promptBytesPerSecond: number;
  /** For a source page or a preview in total. */
  readonly pageDeadlineMs: number;
  /** For a preview that only settles a doubt. */
  readonly previewDeadlineMs: number;
}

/** The limits of the service; tests use shorter ones. */
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
