import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Job } from '../../../src/jobs/job.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const ZIP = randomBytes(300_000);
const SHA256 = createHash('sha256').update(ZIP).digest('hex');

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('the link', () => {
  let web: WebApp;
  let jobs: WebJobs;
  let job: Job;
  let path: string;
  beforeAll(async () => {
    web = await WebApp.start();
    jobs = new WebJobs(web);
    job = await jobs.ready(ZIP, { query: 'red <panda>' });
    path = `/d/${web.tokens.linkToken(job.id)}`;
  });
  afterAll(() => web.stop());

  const zip = (headers: Record<string, string> = {}, method = 'GET') =>
    web.fetch(`${path}/red-panda.zip`, { headers, method });

  it('shows the contents of the zip to everybody, without control over the job', async () => {
    const response = await web.fetch(path);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('red &lt;panda&gt;');
    expect(page.match(/\/thumbs\/[0-9a-f]{64}/g)).toHaveLength(5);
    expect(page).toContain('alt="Picture &lt;1&gt;"');
    expect(page).not.toMatch(/<form|\/jobs\//);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-robots-tag')).toContain('noindex');
  });

  it('sends the whole zip with headers that keep it private', async () => {
    const response = await zip();
    expect((await bytesOf(response)).equals(ZIP)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': '300000',
      'accept-ranges': 'bytes',
      etag: `"${SHA256}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-disposition': `attachment; filename="red-panda.zip"; filename*=UTF-8''red%20panda.zip`,
    });
    expect(response.headers.get('x-robots-tag')).toContain('noindex');
  });

  it('answers HEAD like GET without the bytes', async () => {
    const response = await zip({ range: 'bytes=0-9' }, 'HEAD');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('300000');
    expect((await bytesOf(response)).length).toBe(0);
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=299990-', 299_990, 300_000],
    ['bytes=-10', 299_990, 300_000],
  ])('sends the range %s', async (range, from, to) => {
    const response = await zip({ range, 'if-range': `"${SHA256}"` });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/300000`);
    expect((await bytesOf(response)).equals(ZIP.subarray(from, to))).toBe(true);
  });

  it('refuses a range beyond the end, and sends everything if the header is not a range', async () => {
    const beyond = await zip({ range: 'bytes=300000-' });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe('bytes */300000');
    for (const headers of [{ range: 'bytes=0-1,5-9' }, { range: 'bytes=0-9', 'if-range': '"other"' }])
      expect((await zip(headers)).status).toBe(200);
  });

  it('resumes a download in parts', async () => {
    const parts = [];
    for (let at = 0; at < ZIP.length; at += 70_000)
      parts.push(await bytesOf(await zip({ range: `bytes=${at}-${at + 69_999}` })));
    expect(Buffer.concat(parts).equals(ZIP)).toBe(true);
  });

  it('answers 304 if the client has it already', async () => {
    expect((await zip({ 'if-none-match': `"x", "${SHA256}"` })).status).toBe(304);
  });

  it('stays up when clients leave in the middle', async () => {
    const large = await jobs.ready(randomBytes(20_000_000));
    const url = `${web.url}/d/${web.tokens.linkToken(large.id)}/x.zip`;
    await Promise.all(
      Array.from(
        { length: 10 },
        () =>
          new Promise<void>((resolve, reject) => {
            const leaving = request(url, (response) => {
              response.once('data', () => response.destroy());
              response.once('close', resolve);
            });
            leaving.once('error', reject);
            leaving.end();
          }),
      ),
    );
    expect((await zip()).status).toBe(200);
  });

  it('serves only thumbnails of its job, by their digest', async () => {
    const page = await (await web.fetch(path)).text();
    const thumbnail = /\/d\/[\w-]+\/thumbs\/[0-9a-f]{64}/.exec(page)?.[0] ?? '';
    const response = await web.fetch(thumbnail);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect((await bytesOf(response)).subarray(8, 12).toString()).toBe('WEBP');
    for (const name of ['0'.repeat(64), '..%2f1.zip', 'x'])
      expect((await web.fetch(`${path}/thumbs/${name}`)).status).toBe(404);
  });

  it('does not exist before the job is ready', async () => {
    const running = await jobs.running();
    const response = await web.fetch(`/d/${web.tokens.linkToken(running.id)}`);
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('Not ready yet');
  });

  it('says "Link has expired" everywhere after its time, and answers 404 to a made-up token', async () => {
    const short = await jobs.ready(ZIP);
    const [link, page] = [`/d/${web.tokens.linkToken(short.id)}`, `/jobs/${web.tokens.publicId(short.id)}`];
    const thumbnail = `thumbs/${'a'.repeat(64)}`;
    web.clock.advance(86_400_001);
    try {
      for (const gone of [
        link,
        `${link}/a.zip`,
        `${link}/${thumbnail}`,
        page,
        `${page}/events`,
        `${page}/${thumbnail}`,
      ]) {
        const response = await web.fetch(gone);
        expect([gone, response.status]).toEqual([gone, 410]);
        expect(await response.text()).toContain('Link has expired');
        const madeUp = gone.replace(/^\/(\w+)\/..../, '/$1/AAAA');
        expect([madeUp, (await web.fetch(madeUp)).status]).toEqual([madeUp, 404]);
      }
      for (const action of ['cancel', 'retry', 'extend', 'delete'])
        expect((await web.fetch(`${page}/${action}`, { method: 'POST' })).status).toBe(410);
    } finally {
      web.clock.advance(-86_400_001);
    }
  });

  it('accepts no token of another kind', async () => {
    expect((await web.fetch(`/d/${web.tokens.publicId(job.id)}`)).status).toBe(404);
    expect((await web.fetch(`/jobs/${web.tokens.linkToken(job.id)}`)).status).toBe(404);
  });
});
