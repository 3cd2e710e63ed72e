import { Logger } from '@nestjs/common';
import type { JobId } from '../../jobs/job.js';
import { isUnknownFailure } from '../../network/network-error.js';
import type { Rejection } from '../../jobs/rejection.js';

const logger = new Logger('ImageCollector');

/** Logs once a job that a host brought about an error nobody knows: it costs one candidate, but may be our mistake. */
export class UnknownFailures {
  private isLogged = false;

  constructor(private readonly jobId: JobId) {}

  /** Takes note of why a file could not be had. */
  note({ cause }: Rejection): void {
    if (this.isLogged || !isUnknownFailure(cause)) return;
    this.isLogged = true;
    logger.warn({ err: cause, jobId: this.jobId }, 'a host brought about an error that nobody knows');
  }
}
