import { Logger } from '@nestjs/common';
import type { Job, JobId } from '../../src/jobs/job.js';
import { isFinal } from '../../src/jobs/job-states.js';
import type { JobWatcher } from '../../src/jobs/job-watcher.js';
import type { ChatPlatform, MessageRef } from '../chat-platform.port.js';
import type { ChatRecords } from '../chat-records.js';
import { EditQueue } from './edit-queue.js';
import { goneMessage, progressMessage } from './job-messages.js';

const LOOK_EVERY_MS = 1000;

/**
 * Keeps the progress messages of one platform up to date, whichever process posted them. A message stays in
 * the records until its last edit, so following goes on after a restart.
 */
export class JobFollower {
  private readonly logger = new Logger(JobFollower.name);
  private readonly stopping = new AbortController();
  private readonly followed = new Map<JobId, Promise<void>>();
  private readonly queue: EditQueue;
  private timer: NodeJS.Timeout | null = null;
  private isLooking = false;

  constructor(
    private readonly platform: ChatPlatform,
    private readonly records: Pick<ChatRecords, 'progressMessages' | 'forgetProgressMessage'>,
    private readonly watcher: Pick<JobWatcher, 'watch'>,
  ) {
    this.queue = new EditQueue(platform, this.stopping.signal);
  }

  /** Begins to follow, first the messages of before the start. */
  start(): void {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    void this.look();
  }

  /** Stops following and waits for the current edit. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.stopping.abort();
    await Promise.all([...this.followed.values(), this.queue.idle()]);
  }

  /** Follows all progress messages that are not followed yet. */
  async look(): Promise<void> {
    if (this.isLooking || this.stopping.signal.aborted) return;
    this.isLooking = true;
    try {
      for (const { jobId, ref } of await this.records.progressMessages(this.platform.channel))
        if (!this.followed.has(jobId)) this.followed.set(jobId, this.follow(jobId, ref));
    } catch (error) {
      this.logger.warn({ err: error }, 'progress messages could not be read; the next look tries again');
    } finally {
      this.isLooking = false;
    }
  }

  private async follow(jobId: JobId, ref: MessageRef): Promise<void> {
    try {
      const last = await this.showChanges(jobId, ref);
      if (this.stopping.signal.aborted) return;
      await this.queue.settle(
        ref,
        last === null || !isFinal(last.state) ? goneMessage() : progressMessage(last),
      );
      if (!this.stopping.signal.aborted)
        await this.records.forgetProgressMessage(this.platform.channel, jobId);
    } catch (error) {
      this.logger.warn({ jobId, err: error }, 'a job could not be followed; the next look tries again');
    } finally {
      this.followed.delete(jobId);
    }
  }

  /** @returns the last state of the job; null if it is gone */
  private async showChanges(jobId: JobId, ref: MessageRef): Promise<Job | null> {
    let last: Job | null = null;
    for await (const job of this.watcher.watch(jobId, this.stopping.signal)) {
      last = job;
      if (!isFinal(job.state)) this.queue.offer(ref, progressMessage(job));
    }
    return last;
  }
}
