import type { Job, JobId } from '../jobs/job.js';

/** A place that keeps files of jobs: archives, downloads in work, kept mails. */
export interface JobFiles {
  /** Names the place in logs. */
  readonly what: string;

  /** Deletes everything of a job. Deleting twice is no error. */
  deleteAll(id: JobId): Promise<void>;

  /** Deletes files that only a run needed, after the job has ended; absent if there are none. */
  deleteLeftovers?(job: Job): Promise<void>;

  /** The ids of all jobs with files here. */
  jobs(): AsyncIterable<JobId>;
}

/** Nest injection token of the list of all JobFiles; the composition root assembles it. */
export const JOB_FILES = Symbol('JobFiles');
