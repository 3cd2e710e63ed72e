import { Injectable } from '@nestjs/common';
import { boundedTitle } from '../../jobs/candidate-facts.js';
import type { KeptFile } from '../../jobs/image-record.js';
import type { Job, JobId } from '../../jobs/job.js';
import { JobStore } from '../../jobs/job-store.port.js';

/** A kept image as pages show it. */
export interface ShownImage {
  readonly file: KeptFile;
  /** Order in which the job found it. */
  readonly position: number;
  readonly title: string | null;
}

/** A kept image and the version of the job at which it was first seen here. */
export interface VersionedImage {
  readonly image: ShownImage;
  readonly version: number;
}

/** Memories of so many jobs are kept; a forgotten one only means that images are sent a second time. */
const MAX_REMEMBERED = 200;

interface Memory {
  readonly version: number;
  readonly seen: ReadonlyMap<string, VersionedImage>;
}

/** The kept images of jobs, and when each was first seen, so that a follower can go on where it was. */
@Injectable()
export class ShownImages {
  private readonly memories = new Map<JobId, Memory>();

  constructor(private readonly store: JobStore) {}

  /** @returns the kept images by ascending position, each content once; at most as many as asked for */
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
   * The kept images that a follower who last saw `version` of the job has not seen. All followers of a job
   * share one reading for each version.
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
