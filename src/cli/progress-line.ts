import { SingleBar } from 'cli-progress';
import { sizeText } from '../jobs/amount-text.js';
import type { Job } from '../jobs/job.js';

const WIDTH = 28;
/** How often a line is written where there is no terminal to draw a bar in. */
const LINE_EVERY_MS = 2000;

/** Shows how far a job is: a bar on a terminal, now and then a line elsewhere. */
export class ProgressDisplay {
  private readonly bar: SingleBar;
  private isStarted = false;

  constructor(stream: NodeJS.WritableStream) {
    this.bar = new SingleBar({
      stream,
      format: '{stage} {bar} {value}/{total}  found {found}, left out {rejected}, {size}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: WIDTH,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: LINE_EVERY_MS,
      stopOnComplete: false,
    });
  }

  /** Shows the job as it is now. */
  show(job: Job): void {
    if (!this.isStarted) this.bar.start(job.request.count, 0, factsOf(job));
    this.isStarted = true;
    this.bar.update(Math.max(job.progress.kept, job.delivered), factsOf(job));
  }

  /** Leaves the line as it is. */
  stop(): void {
    if (this.isStarted) this.bar.stop();
  }
}

function factsOf(job: Job): Record<string, string | number> {
  const { progress } = job;
  const rejected = Object.values(progress.rejected).reduce((sum, count) => sum + count, 0);
  return {
    stage: nowDoing(job).padEnd('downloading'.length),
    found: progress.found,
    rejected,
    size: sizeText(progress.bytes),
  };
}

function nowDoing({ stage, state, attempts }: Job): string {
  if (state === 'scheduled' && attempts > 0) return 'tries again';
  return stage ?? state;
}
