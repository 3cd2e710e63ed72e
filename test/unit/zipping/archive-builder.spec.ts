import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AppError } from '../../../src/jobs/app-error.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import { ArchiveBuilder } from '../../../src/zipping/archive-builder.js';
import { keptImages } from '../../../src/zipping/kept-image.js';
import type { ArchiveStore } from '../../../src/zipping/archive-store.port.js';
import { keptImage } from '../../support/images/kept-images.js';
import { sampleJob } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';
import { ampleMemory } from '../../support/images/ample-memory.js';

const BYTES = [Buffer.from('first'), Buffer.from('second')];
const KEPT = BYTES.map((bytes, position) => keptImage(position, bytes));
const JOB = { ...newJob(sampleJob('packed', 0)), epoch: 3 };
const NEVER = new AbortController().signal;

/** Accepts every object, or fails with `error`. */
function storeThat(error?: unknown) {
  const put = async (_name: string, content: Readable) => {
    if (error !== undefined) throw error;
    const bytes = await buffer(content);
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  return { put } as Partial<ArchiveStore> as ArchiveStore;
}

const order = (read = async (_image: unknown, index = 0) => BYTES[index] ?? Buffer.alloc(0)) => {
  let next = 0;
  return { job: JOB, kept: KEPT, shortfall: [], engines: [], read: (image: unknown) => read(image, next++) };
};

describe('ArchiveBuilder', () => {
  it('names the archive after the job and the run, and returns its size and digest', async () => {
    const archive = await new ArchiveBuilder(storeThat(), new TestClock(), ampleMemory()).build(
      order(),
      NEVER,
    );
    expect(archive).toEqual({
      name: `${JOB.id}/3.zip`,
      bytes: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('refuses to pack an image whose length has changed', async () => {
    const builder = new ArchiveBuilder(storeThat(), new TestClock(), ampleMemory());
    const building = builder.build(
      order(async () => Buffer.from('cut')),
      NEVER,
    );
    await expect(building).rejects.toMatchObject({ code: 'archive.failed' });
  });

  it('bounds the facts of an old record', () => {
    const old = keptImage(0, Buffer.from('old'), { title: 'a'.repeat(1_000_000) });
    expect(keptImages([old])[0]?.candidate.title).toBe(`${'a'.repeat(499)}…`);
  });

  it('passes on errors of the store', async () => {
    const builder = new ArchiveBuilder(storeThat(new AppError('disk.full')), new TestClock(), ampleMemory());
    await expect(builder.build(order(), NEVER)).rejects.toMatchObject({ code: 'disk.full' });
  });

  it('reports every other error as a failed archive, with its cause', async () => {
    const cause = new Error('surprise');
    const builder = new ArchiveBuilder(storeThat(cause), new TestClock(), ampleMemory());
    await expect(builder.build(order(), NEVER)).rejects.toMatchObject({ code: 'archive.failed', cause });
  });

  it('fails with the reason of the signal', async () => {
    const builder = new ArchiveBuilder(storeThat(new Error('aborted')), new TestClock(), ampleMemory());
    const reason = new AppError('job.cancelled');
    await expect(builder.build(order(), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
