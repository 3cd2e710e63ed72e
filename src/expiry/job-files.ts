import type { Job, JobId } from '../jobs/job.js';

/** A place with files of jobs: archives, unfinished downloads, stored mails. */
export interface JobFiles {
  /** Name of the place in logs. */
  readonly what: string;

  /** Deletes everything of a job. Safe to call twice. */
  deleteAll(id: JobId): Promise<void>;

  /** Deletes files that only a run needed, after the job has ended; absent if there are none. */
  deleteLeftovers?(job: Job): Promise<void>;

  /** The ids of all jobs with files here. */
  jobs(): AsyncIterable<JobId>;
}

/** Nest injection token of the list of all JobFiles; the composition root assembles it. */
export const JOB_FILES = Symbol('JobFiles');
