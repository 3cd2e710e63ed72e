import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../../src/jobs/job.js';
import { packArchive } from '../../support/packed-archive.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';
import { openZip } from '../../support/zip-contents.js';

const IMAGES = Array.from({ length: 9 }, (_, index) => randomBytes(20_000 + 100 * index));
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };
const JSON_TYPE = { 'Content-Type': 'application/json', Accept: 'application/json' };

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const imagesOf = async (response: Response, folder: string) => {
  expect(response.status).toBe(200);
  const path = join(folder, 'answer.zip');
  await writeFile(path, await bytesOf(response));
  return (await openZip(path)).filter(({ name }) => name.endsWith('.jpg')).map(({ bytes }) => bytes);
};

describe('choosing images', () => {
  let web: WebApp;
  let jobs: WebJobs;
  let folder: string;
  let job: Job;
  let link: string;
  let page: string;

  /** A ready job with the images, as the product packs them. */
  const packed = async (images = IMAGES) => {
    const running = await jobs.running({ count: images.length });
    const { archive } = await packArchive(web.archives, images, { job: running });
    const at = web.clock.now();
    const outcome = {
      state: 'ready',
      at,
      archive,
      delivered: images.length,
      shortfall: [],
      expiresAt: at + 86_400_000,
    } as const;
    await web.store.finish(running.id, running.epoch, outcome);
    return running;
  };
  const use = async (images = IMAGES) => {
    job = await packed(images);
    link = `/d/${web.tokens.linkToken(job.id)}`;
    page = `/jobs/${web.tokens.publicId(job.id)}`;
  };

  beforeAll(async () => {
    web = await WebApp.start();
    jobs = new WebJobs(web);
    folder = await mkdtemp(join(tmpdir(), 'image-job-choosing-'));
  });
  afterAll(async () => {
    await web.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => use());

  const post = (path: string, numbers: readonly unknown[], more = '') =>
    web.fetch(path, {
      method: 'POST',
      headers: FORM,
      body: [...numbers.map((number) => `image=${String(number)}`), more].join('&'),
    });
  const picked = async (numbers: readonly number[], at = link) =>
    (await post(`${at}/pick`, numbers)).headers.get('location') ?? '';
  const problemOf = async (response: Response) => (await response.json()) as { code: string; detail: string };

  it.each(['link', 'page'] as const)('redirects a form of the %s to a zip of only these', async (of) => {
    const at = of === 'link' ? link : page;
    const response = await post(`${at}/pick`, [2, 3, 9]);
    expect(response.status).toBe(303);
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(new RegExp(`^${at}/pick/[\\w-]+/red-panda.zip$`));
    expect(await imagesOf(await web.fetch(location), folder)).toEqual([IMAGES[1], IMAGES[2], IMAGES[8]]);
  });

  it('gives programs the address', async () => {
    const body = JSON.stringify({ image: [1, 4] });
    const response = await web.fetch(`${page}/pick`, { method: 'POST', headers: JSON_TYPE, body });
    const { url } = (await response.json()) as { url: string };
    expect(url).toMatch(new RegExp(`^http://localhost:\\d+${page}/pick/`));
    expect(await imagesOf(await web.fetch(new URL(url).pathname), folder)).toEqual([IMAGES[0], IMAGES[3]]);
  });

  it('sends the zip of a choice like every zip: as ranges, to HEAD, and not again', async () => {
    const path = await picked([1, 2, 5, 8]);
    const whole = await web.fetch(path);
    const bytes = await bytesOf(whole);
    const tag = whole.headers.get('etag') ?? '';
    expect(whole.headers.get('content-length')).toBe(String(bytes.length));
    expect(whole.headers.get('cache-control')).toBe('no-store');
    expect(whole.headers.get('content-disposition')).toContain('filename="red-panda.zip"');
    const head = await web.fetch(path, { method: 'HEAD' });
    for (const name of ['content-length', 'etag', 'content-type', 'accept-ranges'])
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
    for (let at = 0; at < bytes.length; at += 9973) {
      const range = `bytes=${at}-${at + 9972}`;
      const response = await web.fetch(path, { headers: { range, 'if-range': tag } });
      expect(response.status).toBe(206);
      expect((await bytesOf(response)).equals(bytes.subarray(at, at + 9973))).toBe(true);
    }
    expect((await web.fetch(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
    expect((await web.fetch(path, { headers: { range: 'bytes=0-9', 'if-range': '"other"' } })).status).toBe(
      200,
    );
    expect((await web.fetch(path, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
    expect((await web.fetch(await picked([1, 2, 5]))).headers.get('etag')).not.toBe(tag);
  });

  it.each([
    ['nothing', [], 'choice.empty'],
    ['an image that is not there', [1, 10], 'choice.no_such_image'],
    ['the image 0', [0], 'choice.no_such_image'],
    ['a word', ['x'], 'choice.no_such_image'],
  ])('refuses a form that chooses %s, with a way back', async (_what, numbers, code) => {
    const response = await post(`${link}/pick`, numbers);
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain(`href="${link}"`);
    expect(text).not.toContain('/jobs/');
    const body = JSON.stringify({ image: numbers });
    const answer = await web.fetch(`${link}/pick`, { method: 'POST', headers: JSON_TYPE, body });
    expect([answer.status, (await problemOf(answer)).code]).toEqual([422, code]);
  });

  it('refuses the choice of another job and one that was cut off', async () => {
    const other = (await picked([1])).replace(link, '');
    await use(IMAGES.slice(0, 9).toReversed());
    for (const [path, code] of [
      [`${link}${other}`, 'choice.other_job'],
      [`${link}/pick/!/red-panda.zip`, 'choice.unreadable'],
      [`${link}/pick/AAAA/red-panda.zip`, 'choice.other_job'],
    ] as const) {
      const response = await web.fetch(path, { headers: JSON_TYPE });
      expect([response.status, (await problemOf(response)).code]).toEqual([422, code]);
    }
  });

  it('accepts a form of 2,000 images', async () => {
    await use(Array.from({ length: 2000 }, (_, index) => Buffer.from(`image ${index}`)));
    const location = await picked(Array.from({ length: 2000 }, (_, index) => index + 1));
    expect(location.length).toBeLessThan(450);
    expect((await web.fetch(location, { method: 'HEAD' })).status).toBe(200);
  });

  describe('one image', () => {
    it('is sent to look at, so that it can do nothing else', async () => {
      const response = await web.fetch(`${link}/images/3`);
      expect((await bytesOf(response)).equals(IMAGES[2] ?? Buffer.alloc(0))).toBe(true);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'private, max-age=600',
        etag: `"${createHash('sha256')
          .update(IMAGES[2] ?? '')
          .digest('hex')}"`,
      });
      expect(response.headers.get('content-disposition')).toBeNull();
    });

    it('is sent to keep, as a range and to the asker', async () => {
      const kept = await web.fetch(`${page}/images/1?download`, { headers: { range: 'bytes=10-19' } });
      expect(kept.status).toBe(206);
      expect((await bytesOf(kept)).equals((IMAGES[0] ?? Buffer.alloc(0)).subarray(10, 20))).toBe(true);
      expect(kept.headers.get('content-disposition')).toContain('attachment; filename="001-picture-1.jpg"');
    });

    it.each(['0', '10', 'x', '1e0', '01'])('is refused by the number %s', async (number) => {
      const response = await web.fetch(`${link}/images/${number}`, { headers: JSON_TYPE });
      expect([response.status, (await problemOf(response)).code]).toEqual([422, 'choice.no_such_image']);
    });
  });

  describe('for everybody', () => {
    const choose = (numbers: readonly number[], more = '') => post(`${page}/choice`, numbers, more);
    const zipAt = (path: string) => web.fetch(`${path}/red-panda.zip`);

    it('changes what the link gives, but not what the asker gets', async () => {
      const response = await choose([2, 4]);
      expect([response.status, response.headers.get('location')]).toEqual([303, page]);
      expect(await imagesOf(await zipAt(link), folder)).toEqual([IMAGES[1], IMAGES[3]]);
      expect(await imagesOf(await zipAt(`${page}/archive`), folder)).toEqual(IMAGES);
      const asker = await (await web.fetch(page, { headers: { Accept: 'text/html' } })).text();
      expect(asker).toContain(`href="${page}/archive/red-panda.zip"`);
      const { download } = await web.jobIn(await web.fetch(page, { headers: JSON_TYPE }));
      expect(download).toMatchObject({
        chosen: 2,
        sharedUrl: expect.stringContaining(`${link}/red-panda.zip`),
        url: expect.stringContaining(`${page}/archive/red-panda.zip`),
      });
    });

    it('keeps the other images from the link', async () => {
      const before = await picked([1, 2]);
      await choose([2, 4]);
      expect((await web.fetch(`${link}/images/2`)).status).toBe(200);
      for (const path of [before, `${link}/images/1`]) {
        const response = await web.fetch(path, { headers: JSON_TYPE });
        expect([response.status, (await problemOf(response)).code]).toEqual([422, 'choice.not_shared']);
      }
      expect((await post(`${link}/pick`, [1])).status).toBe(422);
      expect((await web.fetch(`${page}/images/1`)).status).toBe(200);
      expect(await imagesOf(await web.fetch(await picked([1], page)), folder)).toEqual([IMAGES[0]]);
    });

    it.each([
      ['by "all"', [], 'all=yes'],
      ['by choosing all', [1, 2, 3, 4, 5, 6, 7, 8, 9], ''],
    ])('gives all images again %s', async (_how, numbers, more) => {
      await choose([2, 4]);
      expect((await choose(numbers, more)).status).toBe(303);
      expect((await web.store.get(job.id))?.archive).not.toHaveProperty('choice');
      expect(await imagesOf(await zipAt(link), folder)).toEqual(IMAGES);
    });

    it('takes the text of a choice, and refuses that of another job', async () => {
      const choice = (await picked([5])).split('/')[4] ?? '';
      expect((await choose([], `choice=${choice}`)).status).toBe(303);
      expect(await imagesOf(await zipAt(link), folder)).toEqual([IMAGES[4]]);
      await use(IMAGES.toReversed());
      expect((await choose([], `choice=${choice}`)).status).toBe(422);
      expect((await choose([])).status).toBe(422);
      expect((await web.store.get(job.id))?.archive).not.toHaveProperty('choice');
    });

    it('cannot be changed by the link, before the job is ready, or after it expired', async () => {
      expect((await post(`${link}/choice`, [1])).status).toBe(405);
      const running = await jobs.running();
      expect((await post(`/jobs/${web.tokens.publicId(running.id)}/choice`, [1])).status).toBe(409);
      const path = await picked([1]);
      web.clock.advance(86_400_001);
      try {
        for (const gone of [await choose([1]), await web.fetch(path), await web.fetch(`${link}/images/1`)])
          expect(gone.status).toBe(410);
      } finally {
        web.clock.advance(-86_400_001);
      }
    });
  });

  it('goes on with a zip whose job is deleted meanwhile, and lets readers leave', async () => {
    await use(Array.from({ length: 8 }, () => randomBytes(2_000_000)));
    const url = `${web.url}${await picked([1, 3, 5, 7])}`;
    const length = await new Promise<number>((resolve, reject) => {
      const reading = request(url, (response) => {
        let bytes = 0;
        response.once('readable', () => {
          void web.archives.deleteAll(job.id).then(() => {
            response.on('data', (piece: Buffer) => (bytes += piece.length));
          });
        });
        response.once('end', () => resolve(bytes));
        response.once('error', reject);
      });
      reading.once('error', reject).end();
    });
    expect(length).toBeGreaterThan(8_000_000);
    await use(Array.from({ length: 8 }, () => randomBytes(2_000_000)));
    const other = `${web.url}${await picked([1, 3, 5, 7])}`;
    await new Promise<void>((resolve) => {
      const leaving = request(other, (response) => {
        response.once('data', () => response.destroy());
        response.once('close', resolve);
      });
      leaving.end();
    });
    expect((await web.fetch(other.replace(web.url, ''), { method: 'HEAD' })).status).toBe(200);
  });
});
