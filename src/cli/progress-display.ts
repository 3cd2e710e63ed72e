import { SingleBar } from 'cli-progress';
import { sizeText } from '../jobs/amount-text.js';
import type { Job } from '../jobs/job.js';

const WIDTH = 28;

/** Shows how far a job is: a bar on a terminal, now and then a line elsewhere. */
export class ProgressDisplay {
  private readonly bar: SingleBar;
  private isStarted = false;

  constructor(stream: NodeJS.WriteStream) {
    this.bar = new SingleBar({
      stream,
      format: '{stage} {bar} {value}/{total}  found {found}, left out {rejected}, {size}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: WIDTH,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 2000,
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

function factsOf({ stage, state, progress }: Job): Record<string, string | number> {
  const rejected = Object.values(progress.rejected).reduce((sum, count) => sum + count, 0);
  return {
    stage: (stage ?? state).padEnd('downloading'.length),
    found: progress.found,
    rejected,
    size: sizeText(progress.bytes),
  };
}
