import { RetryLinks } from '../../../src/expiry/retry-link.js';
import { FIELD_NAMES } from '../../../src/jobs/request/request-fields.js';
import { WebApp } from '../../support/web/web-app.js';

const GOOD = { query: 'red panda', count: '12', email: 'ana@example.org', date: '', time: '', timeZone: '' };

const AGAIN = {
  filters: { exactWidth: 1920, exactHeight: 1080, color: 'red', sites: ['a.example', 'b.example'] },
  engines: ['google'],
  output: { longestSidePx: 1600, stripMetadata: true, allowThumbnails: true },
} as const;

describe('the form', () => {
  let web: WebApp;
  beforeAll(async () => {
    web = await WebApp.start();
  });
  afterAll(() => web.stop());

  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    web.fetch('/jobs', { method: 'POST', body: new URLSearchParams(fields), headers });
  const freshNonce = async () =>
    /name="nonce" value="([^"]+)"/.exec(await (await web.fetch('/')).text())?.[1] ?? '';

  it('has every field, no inline script or style, and a policy that forbids them', async () => {
    const response = await web.fetch('/');
    const page = await response.text();
    for (const name of ['query', 'date', 'time', 'timeZone', 'count', 'email'])
      expect(page).toContain(`name="${name}"`);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none';script-src 'self'");
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('has a control for every field that can be asked for', async () => {
    const page = await (await web.fetch('/')).text();
    const names = FIELD_NAMES.filter((name) => !page.includes(`name="${name}"`));
    expect(names).toEqual([]);
  });

  it('takes a list instead of the one search, each search with its own number if it has one', async () => {
    const response = await post({ ...GOOD, query: '', queries: 'fox\r\nbirds: owl | 3', prefix: 'photo of' });
    expect(response.status).toBe(303);
    const path = response.headers.get('location') ?? '';
    const job = await web.store.get(web.tokens.readPublicId(path.replace('/jobs/', '')) ?? '');
    expect(job?.request).toMatchObject({ query: 'photo of fox', count: 15 });
    expect(job?.request.queries).toEqual([
      { text: 'photo of fox', count: 12, name: 'fox' },
      { text: 'photo of owl', count: 3, name: 'birds' },
    ]);
    if (job === null) throw new Error('there is no job');
    const again = await (await web.fetch(`/again/${web.app.get(RetryLinks).make(job.request)}`)).text();
    expect(again).toContain('\nfox: photo of fox | 12\nbirds: photo of owl | 3</textarea>');
    expect(again).toMatch(/<details[^>]*id="list"[^>]*\sopen/);
  });

  it('keeps a list as typed, with every wrong line beside it', async () => {
    const queries = '\nfox <b>\r\n | 5\r\nfox <b>';
    const response = await post({ ...GOOD, query: '', queries, suffix: 'at night' });
    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain('>\n\nfox &lt;b&gt;\r\n | 5\r\nfox &lt;b&gt;</textarea>');
    expect(page).toMatch(
      /id="queries-problem">Line 1 is empty[^<]*\nLine 3 is empty[^<]*\nLine 4 is the same search as line 2/,
    );
    expect(page).toContain('value="at night"');
  });

  it.each([
    ['a search beside it', { queries: 'fox\nowl' }, 'query', 'Clear one of the two'],
    ['too many images', { query: '', queries: 'fox | 400\nowl | 101' }, 'queries', 'ask for 501 images'],
    ['text that is none', { query: '', queries: 'PK\u0000' }, 'queries', 'not a text in UTF-8'],
    ['words around no list', { prefix: 'photo of' }, 'prefix', 'there is none'],
  ])('refuses a list with %s at its field', async (_what, fields, name, words) => {
    const response = await post({ ...GOOD, ...fields });
    const page = await response.text();
    expect([response.status, page.match(/aria-invalid="true"/g)?.length]).toEqual([422, 1]);
    expect(new RegExp(`id="${name}-problem">([^<]*)<`).exec(page)?.[1]).toContain(words);
  });

  it('loads its files by names that can be cached for ever', async () => {
    const page = await (await web.fetch('/')).text();
    const paths = page.match(/\/assets\/[\w.]+/g) ?? [];
    expect(paths.length).toBeGreaterThanOrEqual(3);
    for (const path of paths) {
      const response = await web.fetch(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await web.fetch('/assets/style.css')).status).toBe(404);
    expect((await web.fetch('/assets/..%2fweb.module.js')).status).toBe(404);
  });

  it('redirects to the page of the new job, which is scheduled', async () => {
    const response = await post(GOOD);
    expect(response.status).toBe(303);
    const path = response.headers.get('location') ?? '';
    const id = web.tokens.readPublicId(path.replace('/jobs/', '')) ?? '';
    expect(web.queue.scheduled).toContain(id);
    expect(await web.store.get(id)).toMatchObject({
      door: 'web',
      request: { query: 'red panda', count: 12 },
    });
  });

  it('shows every problem beside its field, keeps what was typed, and answers 422', async () => {
    const typed = {
      query: '<script>alert("1")</script>'.repeat(9),
      count: '1e9',
      email: 'ana"@x',
      date: '2027-02-30',
      time: '25:00',
      timeZone: 'Mars/Phobos',
    };
    const response = await post(typed);
    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain('6 things need your attention');
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(6);
    expect(page).not.toContain('<script>alert');
    for (const kept of [
      'value="1e9"',
      'value="ana&quot;@x"',
      'value="2027-02-30"',
      'value="25:00"',
      '>Mars/Phobos<',
    ])
      expect(page.replaceAll(/\s*([<>])\s*/g, '$1')).toContain(kept);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)');
  });

  it('keeps the whole of what was typed, however long', async () => {
    const query = `${'red panda '.repeat(5000)}end`;
    const response = await post({ ...GOOD, query });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(`value="${query}"`);
  });

  it('shows a year that no browser’s date field has', async () => {
    const page = await (await post({ ...GOOD, date: '0000-01-01', time: '10:00', timeZone: 'UTC' })).text();
    expect(page).toMatch(/<input[^>]*name="date"[^>]*type="text"[^>]*value="0000-01-01"/);
  });

  it('redirects a browser that reloads its address to the empty form', async () => {
    const response = await web.fetch('/jobs', { headers: { accept: 'text/html' } });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    const api = await web.fetch('/jobs', { headers: { accept: 'application/json' } });
    expect([api.status, api.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('accepts a request without an e-mail address, whose page says that it is the only way back', async () => {
    const response = await post({ ...GOOD, email: '' });
    expect(response.status).toBe(303);
    const page = await (await web.fetch(response.headers.get('location') ?? '')).text();
    expect(page).toContain('Keep this page’s address: it is the only way back to the job.');
    expect(await (await web.fetch('/')).text()).not.toMatch(/<input[^>]*name="email"[^>]*required/);
  });

  it('makes one job of one form sent fifty times at once', async () => {
    const fields = { ...GOOD, nonce: await freshNonce() };
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(fields)));
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect((await post({ ...fields, query: 'blue panda' })).headers.get('location')).not.toBe(
      answers[0]?.headers.get('location'),
    );
  });

  it('rejects a nonce that it did not issue', async () => {
    const fields = { ...GOOD, nonce: 'A'.repeat(43) };
    const [one, two] = [await post(fields), await post(fields)];
    expect(one.status).toBe(303);
    expect(one.headers.get('location')).not.toBe(two.headers.get('location'));
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 303],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{}, 303],
  ])('answers a form that came with %j by %d', async (headers, status) => {
    expect((await post(GOOD, headers)).status).toBe(status);
  });

  it('accepts a form from its origin if the browser sends only that', async () => {
    expect((await post(GOOD, { origin: web.url })).status).toBe(303);
  });

  it('returns the form as typed when the records cannot be reached', async () => {
    const broken = await WebApp.start();
    try {
      await broken.store.close();
      const response = await broken.fetch('/jobs', { method: 'POST', body: new URLSearchParams(GOOD) });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await response.text()).toContain('value="ana@example.org"');
    } finally {
      await broken.stop();
    }
  });

  it('refuses a form that is too large', async () => {
    const response = await post({ ...GOOD, query: 'x'.repeat(100_000) });
    expect(response.status).toBe(413);
  });

  it('accepts the fields under "More"', async () => {
    const fields = new URLSearchParams({
      ...GOOD,
      size: 'large',
      exactSize: '1920x1080',
      stripMetadata: 'yes',
      allowThumbnails: 'yes',
    });
    fields.append('engines', 'google');
    const response = await web.fetch('/jobs', { method: 'POST', body: fields });
    expect(response.status).toBe(303);
    const page = await (await web.fetch(response.headers.get('location') ?? '')).text();
    expect(page).toContain('large, exactly 1920 × 1080 pixels');
    expect(page).toContain('metadata removed');
    expect(page).toContain('small previews where originals are missing');
  });

  it('keeps "More" closed until a field in it is set or wrong', async () => {
    const more = (page: string) => /<details[^>]*id="more"[^>]*>/.exec(page)?.[0];
    expect(more(await (await web.fetch('/')).text())).not.toContain('open');
    expect(more(await (await post({ ...GOOD, query: '', aspect: 'wide' })).text())).toContain('open');
    const wrong = await (await post({ ...GOOD, color: 'rde', engines: 'gogle', minWidth: 'wide' })).text();
    expect(more(wrong)).toContain('open');
    expect(wrong).toContain('Did you mean “red”?');
    expect(wrong).toContain('Did you mean “google”?');
    expect(wrong.replaceAll(/\s+/g, ' ')).toMatch(/<option value="rde" selected ?>Rde/);
    expect(wrong).toContain('value="wide"');
  });

  it('is filled in from a genuine retry link only', async () => {
    const { sampleRequest } = await import('../../support/sample-jobs.js');
    const token = web.app.get(RetryLinks).make(sampleRequest(web.clock.now() + 3_600_000, AGAIN));
    const page = await (await web.fetch(`/again/${token}`)).text();
    expect(page).toContain('value="red panda"');
    expect(page).toContain('value="ana@example.org"');
    expect(page).toMatch(/value="2027-01-15"/);
    expect(page).toContain('value="1920x1080"');
    expect(page).toContain('value="a.example, b.example"');
    expect(page).toContain('value="1600"');
    const checked = [...page.matchAll(/id="([\w-]+)"[^>]*\schecked/g)].map(([, id]) => id);
    expect(checked).toEqual(['engine-google', 'stripMetadata', 'allowThumbnails']);
    expect(page).toMatch(/<option value="red" selected/);
    expect((await web.fetch(`/again/${token.slice(0, -2)}AA`)).status).toBe(404);
  });
});
