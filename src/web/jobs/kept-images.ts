import { Injectable } from '@nestjs/common';
import { boundedTitle } from '../../jobs/candidate-facts.js';
import type { KeptFile } from '../../jobs/image-record.js';
import type { Job, JobId } from '../../jobs/job.js';
import { JobStore } from '../../jobs/job-store.port.js';

/** A kept image for pages. */
export interface ShownImage {
  readonly file: KeptFile;
  /** Order in which the job found the image. */
  readonly position: number;
  readonly title: string | null;
}

/** A kept image and the version of the job in which this process first saw it. */
export interface VersionedImage {
  readonly image: ShownImage;
  readonly version: number;
}

/** Maximum number of remembered jobs; after forgetting a job, its images are sent a second time. */
const MAX_REMEMBERED = 200;

interface Memory {
  readonly version: number;
  readonly seen: ReadonlyMap<string, VersionedImage>;
}

/** The kept images of jobs and the version in which each appeared, so that a follower can go on. */
@Injectable()
export class ShownImages {
  private readonly memories = new Map<JobId, Memory>();

  constructor(private readonly store: JobStore) {}

  /** @returns the kept images by ascending position, without repeated content; at most the requested count */
  async list(job: Job): Promise<ShownImage[]> {
    const kept = new Map<string, ShownImage>();
    for (const { outcome, position, candidate } of await this.store.images(job.id)) {
      if (outcome.status !== 'kept' || kept.has(outcome.file.sha256)) continue;
      const title = boundedTitle(candidate.title);
      kept.set(outcome.file.sha256, { file: outcome.file, position, title });
    }
    return [...kept.values()].slice(0, job.request.count);
  }

  /**
   * The kept images that appeared after `version` of the job. All followers of a job share one read for each
   * version.
   */
  async since(job: Job, version: number): Promise<ShownImage[]> {
    const memory = await this.recall(job);
    return [...memory.seen.values()].filter((seen) => seen.version > version).map(({ image }) => image);
  }

  private async recall(job: Job): Promise<Memory> {
    const known = this.memories.get(job.id);
    if (known !== undefined && known.version === job.version) return known;
    const images = await this.list(job);
    const seen = new Map(known?.seen);
    for (const image of images) {
      const { sha256 } = image.file;
      if (!seen.has(sha256)) seen.set(sha256, { image, version: job.version });
    }
    const memory = { version: job.version, seen };
    this.remember(job.id, memory);
    return memory;
  }

  private remember(id: JobId, memory: Memory): void {
    this.memories.delete(id);
    this.memories.set(id, memory);
    const [oldest] = this.memories.keys();
    if (this.memories.size > MAX_REMEMBERED && oldest !== undefined) this.memories.delete(oldest);
  }
}
