import type { Job } from '../../src/jobs/job.js';

/** Makes pictures of a finished job for its end message; provided by the composition root. */
export abstract class JobPictures {
  /**
   * Joins the first thumbnails side by side.
   * @returns a JPEG, or null if there is no image or the picture could not be made
   */
  abstract strip(job: Job, signal: AbortSignal): Promise<Buffer | null>;
}
