import { Logger } from '@nestjs/common';
import type { JobId } from '../../jobs/job.js';
import { isUnknownFailure } from '../../network/network-error.js';
import type { Rejection } from '../../jobs/rejection.js';

const logger = new Logger('ImageCollector');

/**
 * Logs, once a job, an unknown error from a download: it costs only one candidate, but may be a bug in Image Job.
 */
export class UnknownFailures {
  private isLogged = false;

  constructor(private readonly jobId: JobId) {}

  /** Logs the cause of a rejection if it is unknown. */
  note({ cause }: Rejection): void {
    if (this.isLogged || !isUnknownFailure(cause)) return;
    this.isLogged = true;
    logger.warn({ err: cause, jobId: this.jobId }, 'a host brought about an error that nobody knows');
  }
}
