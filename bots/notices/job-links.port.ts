import type { JobId } from '../../src/jobs/job.js';

/** The absolute addresses that chat messages point at; the composition root gives them. */
export abstract class JobLinks {
  /** The asker's page, with the right to control the job: only for messages that nobody else sees. */
  abstract jobPage(id: JobId): string;

  /** The page to share: pictures and download, no control over the job. */
  abstract download(id: JobId): string;
}
