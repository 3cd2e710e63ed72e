import type { Job } from '../../src/jobs/job.js';

/** Pictures of a finished job for its end message; the composition root gives them. */
export abstract class JobPictures {
  /**
   * Puts the first thumbnails side by side.
   * @returns a JPEG, or null where there is nothing to show or it could not be made
   */
  abstract strip(job: Job, signal: AbortSignal): Promise<Buffer | null>;
}
