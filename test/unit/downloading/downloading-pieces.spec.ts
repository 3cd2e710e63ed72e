import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskErrorOf } from '../../../src/jobs/disk/disk-error.js';
import { HostQueue } from '../../../src/downloading/attempts/host-queue.js';
import { signatureOf } from '../../../src/downloading/fetching/image-signature.js';
import { JobBudget } from '../../../src/downloading/job-budget.js';
import { PartFile } from '../../../src/downloading/fetching/part-file.js';
import { AppError } from '../../../src/jobs/app-error.js';
import { rejectionOf } from '../../../src/downloading/fetching/rejection-of.js';
import { backoffWaitMs } from '../../../src/downloading/attempts/retry-wait.js';
import { retryAfterMs } from '../../../src/network/retry-after.js';
import { isOptedOut } from '../../../src/downloading/fetching/robots-tag.js';
import { WorkFolder } from '../../../src/downloading/work-folder.js';
import { JOB_ID, recordOf } from '../../support/collecting.js';

describe('signatureOf', () => {
  const box = (brands: string): Buffer => Buffer.from(`\0\0\0\x20ftyp${brands}`, 'latin1');

  it.each([
    ['jpeg', Buffer.from('ffd8ffe0', 'hex')],
    ['png', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['gif', Buffer.from('GIF89a')],
    ['gif', Buffer.from('GIF87a')],
    ['webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['avif', box('avif\0\0\0\0avifmif1')],
    ['avif', box('mif1\0\0\0\0mif1avif')],
    ['avif', box('avis\0\0\0\0msf1')],
  ])('knows a %s', (format, head) => {
    expect(signatureOf(head)).toEqual({ kind: 'image', format });
  });

  it.each([
    ['heic', box('heic\0\0\0\0mif1')],
    ['heic', box('mif1\0\0\0\0heic')],
    ['jpeg xl', Buffer.from('ff0a', 'hex')],
    ['ico', Buffer.from('00000100', 'hex')],
    ['psd', Buffer.from('8BPS')],
    ['svg', Buffer.from('\ufeff <!-- drawn by hand --> <svg>')],
    ['xml', Buffer.from('<?xml version="1.0"?><rss>')],
  ])('knows a %s it does not take', (name, head) => {
    expect(signatureOf(head)).toEqual({ kind: 'unsupported', name });
  });

  it.each(['<html>', '{"error":1}', 'RIFF0000WAVE', 'GIF90a', '\x89PNG', 'BMW is a car maker', ''])(
    'does not recognise "%s" as an image',
    (text) => {
      expect(signatureOf(Buffer.from(text, 'latin1'))).toEqual({ kind: 'no_image' });
    },
  );
});

describe('isOptedOut', () => {
  it.each([
    'noai',
    'noimageai',
    'NoImageIndex',
    'nofollow, noai',
    '*: noai',
    'image-job: noai',
    'googlebot: noindex, image-job: noimageai',
    'unavailable_after: Fri, 25 Jun 2010 15:00:00 GMT, noai',
  ])('honours "%s"', (header) => expect(isOptedOut(header)).toBe(true));

  it.each([
    undefined,
    '',
    'noindex',
    'googlebot: noai',
    'otherbot: noindex, noai',
    'max-image-preview: large',
    'unavailable_after: 25 Jun 2010 15:00:00 PST',
    'otherbot: unavailable_after: Fri, 25 Jun 2010 15:00:00 GMT, noai',
  ])('does not read "%s" as a refusal', (header) => expect(isOptedOut(header)).toBe(false));

  it('checks every header', () => {
    expect(isOptedOut(['noindex', 'noai'])).toBe(true);
  });
});

describe('waiting for a retry', () => {
  const now = Date.UTC(2027, 0, 1);

  it.each([
    ['3', 3000],
    ['Fri, 01 Jan 2027 00:00:07 GMT', 7000],
    ['Fri, 01 Jan 1999 00:00:00 GMT', 0],
    ['soon', 0],
    [undefined, 0],
  ])('reads Retry-After: %s', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));

  it('doubles, is partly random, and is never shorter than asked', () => {
    expect([0, 1, 2].map((retry) => backoffWaitMs(retry, 100, 0, 0))).toEqual([50, 100, 200]);
    expect([0, 1, 2].map((retry) => backoffWaitMs(retry, 100, 0, 1))).toEqual([100, 200, 400]);
    expect(backoffWaitMs(0, 100, 5000, 0.5)).toBe(5025);
  });
});

describe('HostQueue', () => {
  it('starts in order, but does not delay others behind a host at its limit', () => {
    const queue = new HostQueue<string>(2);
    for (const item of ['a1', 'a2', 'a3', 'b1']) queue.add(item, item.slice(0, 1));
    expect([queue.next(0), queue.next(0), queue.next(0), queue.next(0)]).toEqual(['a1', 'a2', 'b1', null]);
    queue.release('a');
    expect(queue.next(0)).toBe('a3');
    expect(queue.count()).toBe(0);
  });

  it('waits for a retry and for a host in a pause', () => {
    const queue = new HostQueue<string>(2);
    queue.add('retry', 'a', 500);
    expect([queue.next(499), queue.nextAtMs()]).toEqual([null, 500]);
    queue.pause('a', 800);
    queue.pause('a', 600);
    expect([queue.next(799), queue.nextAtMs(), queue.next(800)]).toEqual([null, 800, 'retry']);
    expect(queue.nextAtMs()).toBeNull();
  });

  it('gives the place of a doubtful download to another of the same host, up to twice the limit', () => {
    const queue = new HostQueue<number>(2);
    for (const item of [1, 2, 3, 4, 5]) queue.add(item, 'a');
    expect([queue.next(0), queue.next(0), queue.next(0)]).toEqual([1, 2, null]);
    queue.doubt('a');
    queue.doubt('a');
    expect([queue.next(0), queue.next(0), queue.next(0)]).toEqual([3, 4, null]);
    queue.doubt('a');
    expect(queue.next(0)).toBeNull();
    queue.release('a', true);
    expect(queue.next(0)).toBe(5);
  });

  it('lowers the limit of a host that asks to slow down, and raises it again after good responses', () => {
    const queue = new HostQueue<number>(4);
    for (let item = 0; item < 9; item += 1) queue.add(item, 'a');
    queue.slowDown('a');
    queue.slowDown('a');
    expect([queue.next(0), queue.next(0)]).toEqual([0, null]);
    queue.succeed('a');
    expect([queue.next(0), queue.next(0)]).toEqual([1, null]);
    expect([queue.refuse('a'), queue.refuse('a')]).toEqual([1, 2]);
    queue.succeed('a');
    expect(queue.refuse('a')).toBe(1);
  });

  it('drops unwanted items', () => {
    const queue = new HostQueue<number>(1);
    for (const item of [1, 2, 3]) queue.add(item, 'a');
    expect(queue.drop((item) => item !== 2)).toEqual([1, 3]);
    expect([queue.next(0), queue.count()]).toEqual([2, 0]);
  });
});

describe('JobBudget', () => {
  it('gives back the bytes of images that were not kept, and never exceeds the budget', () => {
    const budget = new JobBudget(100);
    budget.spend(40);
    const kept = budget.open();
    kept.spend(50);
    expect(() => kept.spend(11)).toThrow('job_budget_spent');
    kept.keep();
    kept[Symbol.dispose]();
    const dropped = budget.open();
    dropped.spend(10);
    expect(() => budget.open().spend(1)).toThrow('job_budget_spent');
    dropped[Symbol.dispose]();
    expect(() => budget.open().spend(10)).not.toThrow();
  });
});

describe('rejectionOf', () => {
  it('returns errors of this machine unchanged', () => {
    const bug = new TypeError('oops');
    const argument = Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' });
    expect(rejectionOf(bug, 'body')).toBe(bug);
    expect(rejectionOf(argument, 'body')).toBe(argument);
    const full = diskErrorOf(Object.assign(new Error('x'), { code: 'ENOSPC' }));
    expect(rejectionOf(full, 'body')).toBe(full);
    expect(full).toMatchObject({ code: 'disk.full' });
  });

  it('retries only after a lost connection', () => {
    const lost = new AppError('network.unreachable', { reason: 'ECONNRESET' });
    const refused = new AppError('network.unreachable', { reason: 'ECONNREFUSED' });
    expect(rejectionOf(lost, 'head')).toMatchObject({ reason: 'unreachable', retryAfterMs: 0 });
    expect(rejectionOf(refused, 'head')).toMatchObject({ reason: 'unreachable', retryAfterMs: null });
  });
});

describe('WorkFolder', () => {
  let dataDir: string;
  let folder: WorkFolder;
  const file = {
    sha256: 'a'.repeat(64),
    format: 'png',
    width: 1,
    height: 1,
    bytes: 5,
    fingerprint: '0',
  } as const;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'work-'));
    folder = new WorkFolder({ dataDir });
  });

  afterEach(() => rm(dataDir, { recursive: true }));

  it('names images by their digest and reads them back', async () => {
    await folder.prepare(JOB_ID);
    const part = await PartFile.create(folder.newPartPath(JOB_ID));
    await part.write(Buffer.from('hel'));
    await part.write(Buffer.from('lo'));
    expect(await part.finish()).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
    await part.moveTo(folder.pathOf(JOB_ID, file));
    await part.discard();
    const record = { ...recordOf(null, 0), outcome: { status: 'kept', file } } as const;
    expect((await folder.read(JOB_ID, record)).toString()).toBe('hello');
    expect(await folder.has(JOB_ID, file)).toBe(true);
    expect(await folder.has(JOB_ID, { ...file, bytes: 6 })).toBe(false);
  });

  it('removes everything of a job, even twice', async () => {
    await folder.prepare(JOB_ID);
    await writeFile(folder.pathOf(JOB_ID, file), 'hello');
    await folder.remove(JOB_ID);
    await folder.remove(JOB_ID);
    expect(await folder.has(JOB_ID, file)).toBe(false);
  });

  it('lists only jobs that have a folder', async () => {
    expect(await jobsIn(folder)).toEqual([]);
    await folder.prepare(JOB_ID);
    await mkdir(join(dataDir, 'work', 'lost+found'));
    expect(await jobsIn(folder)).toEqual([JOB_ID]);
  });

  it('refuses ids that lead elsewhere', async () => {
    await expect(folder.remove('../..')).rejects.toMatchObject({ code: 'internal.unexpected' });
    expect(() => folder.pathOf('', file)).toThrow('internal.unexpected');
  });

  it('writes large files completely', async () => {
    await folder.prepare(JOB_ID);
    const part = await PartFile.create(folder.newPartPath(JOB_ID));
    const block = Buffer.alloc(300_000, 7);
    for (let time = 0; time < 5; time += 1) await part.write(block);
    expect(part.bytes).toBe(1_500_000);
    await part.finish();
    await part.moveTo(folder.pathOf(JOB_ID, file));
    expect(await folder.has(JOB_ID, { ...file, bytes: 1_500_000 })).toBe(true);
  });
});

async function jobsIn(folder: WorkFolder): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of folder.jobs()) ids.push(id);
  return ids;
}
