import type { JobId } from '../jobs/job.js';

/** The absolute addresses of a job that people are told. */
export abstract class JobLinks {
  /** The asker's page, with the right to control the job: only for messages that nobody else sees. */
  abstract jobPage(id: JobId): string;

  /** The page to share: pictures and download, no control over the job. */
  abstract download(id: JobId): string;
}
