import type { Instant } from '../../jobs/clock.port.js';
import type { Job } from '../../jobs/job.js';
import type { KeptImage } from '../jobs/kept-images.js';

/** What the job page shows. */
export interface JobView {
  readonly job: Job;
  /** Path of the page itself. */
  readonly path: string;
  /** The address to share, and the zip; only used once the job is ready. */
  readonly downloadUrl: string;
  readonly archivePath: string;
  /** Path of the form filled in with the same request. */
  readonly againPath: string;
  /** Whether an address of the job is asked by a first mail before it gets any notice. */
  readonly asksToConfirm: boolean;
  readonly images: readonly KeptImage[];
  readonly now: Instant;
}
