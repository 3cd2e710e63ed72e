import { Injectable } from '@nestjs/common';
import type { Job, JobId } from '../../jobs/job.js';
import { isFinal, type JobState } from '../../jobs/job-states.js';
import { JobWatcher } from '../../jobs/job-watcher.js';
import type { ServerEvent } from './event-text.js';
import { JobPresenter } from './job-presenter.js';
import { KeptImages } from './kept-images.js';

/** Follows jobs as server-sent events. */
@Injectable()
export class JobEvents {
  constructor(
    private readonly watcher: JobWatcher,
    private readonly images: KeptImages,
    private readonly presenter: JobPresenter,
  ) {}

  /**
   * Yields what changes, until the job is final or gone: new images, then the progress, then a change of
   * state. The id of the last event of a change is the job's version.
   * @param after the version the follower has seen; -1 begins with everything there is
   */
  async *follow(id: JobId, after: number, signal: AbortSignal): AsyncGenerator<ServerEvent, void, void> {
    let seen = after;
    let state: JobState | null = null;
    for await (const job of this.watcher.watch(id, signal)) {
      if (job.version > seen) yield* this.changes(job, seen, state);
      [seen, state] = [Math.max(seen, job.version), job.state];
    }
  }

  private async *changes(
    job: Job,
    seen: number,
    state: JobState | null,
  ): AsyncGenerator<ServerEvent, void, void> {
    for (const { file, title, position } of await this.newImages(job, seen)) {
      const { sha256, format, width, height, bytes } = file;
      yield { event: 'image', id: null, data: { sha256, title, position, format, width, height, bytes } };
    }
    const shown = this.presenter.present(job);
    const { stage, progress, engines, count } = shown;
    const hasStateChanged = job.state !== state;
    yield {
      event: 'progress',
      id: hasStateChanged ? null : job.version,
      data: { state: job.state, stage, count, progress, engines },
    };
    if (hasStateChanged) yield { event: 'state', id: job.version, data: shown };
  }

  private async newImages(job: Job, seen: number) {
    const hasImages = job.progress.kept > 0 || isFinal(job.state);
    return hasImages ? this.images.since(job, seen) : [];
  }
}
