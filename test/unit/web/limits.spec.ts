import { WebApp } from '../../support/web/web-app.js';

describe('limits of the web doors', () => {
  let web: WebApp;
  beforeEach(async () => {
    web = await WebApp.start({
      RATE_PER_CLIENT: '3/1h',
      RATE_PER_ADDRESS: '2/1h',
      TRUST_PROXY: 'true',
    });
  });
  afterEach(() => web.stop());

  const post = (fields: Record<string, string>) =>
    web.fetch('/jobs', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ query: 'red panda', count: 5, ...fields }),
    });

  it('answers 429 with the seconds to wait once a client has asked too often', async () => {
    const answers = [await post({}), await post({}), await post({}), await post({})];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
    const [last] = answers.slice(-1);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect(await last?.json()).toMatchObject({ code: 'limits.reached', status: 429 });
  });

  it('takes a list that has more searches than a client may ask for once, and counts each of them', async () => {
    const queries = Array.from({ length: 50 }, (_none, index) => ({ query: `search ${index}`, count: 1 }));
    const body = JSON.stringify({ queries, email: 'ana@example.org' });
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    const send = () => web.fetch('/jobs', { method: 'POST', headers, body });
    expect((await send()).status).toBe(201);
    const second = await send();
    expect(second.status).toBe(429);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect((await post({})).status).toBe(429);
  });

  it('names the time from which one more is taken, in the zone of the request', async () => {
    const far = { date: '2027-02-01', time: '09:00' };
    for (let sent = 0; sent < 3; sent += 1) await post({});
    const refused = await (await post({ ...far, timeZone: 'Asia/Tokyo' })).json();
    expect(refused).toMatchObject({
      retryAt: expect.stringMatching(/^2027-01-15T1[23]:\d\d:\d\d/),
      detail: expect.stringMatching(
        /^Try again in (59 minutes \d+ seconds?|1 hour)\. That is from Fri 15 January 2027, 2[12]:\d\d GMT\+9 \(Asia\/Tokyo\) on\.$/,
      ),
    });
    expect(JSON.stringify(refused)).not.toContain('little');
  });

  it('names that time on the form and on job pages too', async () => {
    const fields = { query: 'red panda', count: '7', timeZone: 'Asia/Tokyo' };
    const send = () => web.fetch('/jobs', { method: 'POST', body: new URLSearchParams(fields) });
    const sent = [await send(), await send(), await send()];
    const named = /That is from Fri 15 January 2027, 2[12]:\d\d GMT\+9 \(Asia\/Tokyo\) on\./;
    expect(await (await send()).text()).toMatch(named);
    const again = await web.fetch(`${sent[0]?.headers.get('location')}/retry`, { method: 'POST' });
    expect(again.status).toBe(429);
    expect(await again.text()).toMatch(named);
  });

  it('counts an e-mail address in any case, separately from others', async () => {
    expect((await post({ email: 'ana@example.org' })).status).toBe(201);
    expect((await post({ email: 'Ana@example.org' })).status).toBe(201);
    expect((await post({ email: 'ANA@Example.org' })).status).toBe(429);
  });

  it('counts a retry like every other job, also on its page', async () => {
    const { links } = await web.jobIn(await post({ email: 'cleo@example.org' }));
    const retry = (path: string) => web.fetch(`${path}/retry`, { method: 'POST' });
    const again = await retry(new URL(links.self).pathname);
    expect(again.status).toBe(303);
    const refused = await retry(again.headers.get('location') ?? '');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(await refused.text()).toContain('That is a lot of jobs for now.');
  });

  it('shows the form again as typed', async () => {
    const send = () =>
      web.fetch('/jobs', {
        method: 'POST',
        body: new URLSearchParams({ query: 'red panda', count: '7', email: 'bea@example.org' }),
      });
    await send();
    await send();
    const answer = await send();
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    const page = await answer.text();
    expect(page).toContain('That is a lot of jobs for now.');
    expect(page).toContain('value="bea@example.org"');
  });

  it('returns the form for the first five refusals of a client, then a small page', async () => {
    const send = (client: string) =>
      web.fetch('/jobs', {
        method: 'POST',
        headers: { 'X-Forwarded-For': client },
        body: new URLSearchParams({ query: 'red panda', count: '7', email: 'bea@example.org' }),
      });
    const [first, second] = ['198.51.100.1', '198.51.100.2'];
    for (let sent = 0; sent < 2; sent += 1) expect((await send(first)).status).toBe(303);
    const pages = [];
    for (let sent = 0; sent < 8; sent += 1) {
      const answer = await send(first);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3500);
      pages.push(await answer.text());
    }
    const isForm = (page: string) => page.includes('value="bea@example.org"');
    expect(pages.map(isForm)).toEqual([true, true, true, true, true, false, false, false]);
    for (const page of pages.slice(5)) {
      expect(Buffer.byteLength(page)).toBeLessThan(2000);
      expect(page).toContain('That is a lot of jobs for now.');
      expect(page).toMatch(/Try again in (59 minutes \d+ seconds?|1 hour)\./);
      expect(page).toContain('gives back what you typed');
    }
    expect(isForm(await (await send(second)).text())).toBe(true);
  });

  it('refuses a form without a nonce before it checks the fields', async () => {
    for (let sent = 0; sent < 3; sent += 1) await post({});
    expect((await post({ count: 'many' })).status).toBe(429);
  });
});
