import { Injectable } from '@nestjs/common';
import { allFoundText } from '../../jobs/wording/found-wording.js';
import type { Job, JobId } from '../../jobs/job.js';
import { isFinal } from '../../jobs/job-states.js';
import { JobWatcher } from '../../jobs/job-watcher.js';
import type { ServerEvent } from './event-text.js';
import { JobPresenter } from '../../presenting/job-presenter.js';
import { ShownImages } from './kept-images.js';

/** Follows jobs as server-sent events. */
@Injectable()
export class JobEvents {
  constructor(
    private readonly watcher: JobWatcher,
    private readonly images: ShownImages,
    private readonly presenter: JobPresenter,
  ) {}

  /**
   * Yields changes until the job is final or gone: new images, then the progress, then a change of state or
   * due time. The id of the last event of a change is the version of the job.
   * @param after the version that the follower has seen; -1: none
   */
  async *follow(id: JobId, after: number, signal: AbortSignal): AsyncGenerator<ServerEvent, void, void> {
    let seen = after;
    let last: Job | null = null;
    for await (const job of this.watcher.watch(id, signal)) {
      yield* this.since(job, seen, last);
      [seen, last] = [Math.max(seen, job.version), job];
    }
  }

  /**
   * Yields the events that a follower of `job` has not seen yet, as `follow` does.
   * @param last the last state that the follower was told; null: none
   */
  async *since(job: Job, seen: number, last: Job | null = null): AsyncGenerator<ServerEvent, void, void> {
    if (job.version <= seen) return;
    for (const { file, title, position } of await this.newImages(job, seen)) {
      const { sha256, format, width, height, bytes } = file;
      yield { event: 'image', id: null, data: { sha256, title, position, format, width, height, bytes } };
    }
    const shown = this.presenter.present(job);
    const { stage, progress, engines, count, queries } = shown;
    const ofQueries = queries === undefined ? {} : { queries };
    const hasStateChanged = job.state !== last?.state || job.dueAt !== last.dueAt;
    yield {
      event: 'progress',
      id: hasStateChanged ? null : job.version,
      data: { state: job.state, stage, count, progress, engines, ...ofQueries, message: allFoundText(job) },
    };
    if (hasStateChanged) yield { event: 'state', id: job.version, data: shown };
  }

  private async newImages(job: Job, seen: number) {
    const hasImages = job.progress.kept > 0 || isFinal(job.state);
    return hasImages ? this.images.since(job, seen) : [];
  }
}
