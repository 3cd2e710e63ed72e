import { WebApp } from '../../support/web/web-app.js';
import { TestClock } from '../../support/test-clock.js';

const MINUTE_MS = 60_000;
const FIELDS = { query: 'red panda', count: '12', email: 'ana@example.org', timeZone: 'UTC' };
/** Half a minute before the requested time; the clock stands still until a test moves it. */
const SENT_AT = Date.UTC(2027, 0, 15, 12, 4, 30);
const AHEAD = { ...FIELDS, date: '2027-01-15', time: '12:05' };

describe('a submission that is sent again later', () => {
  let web: WebApp;
  beforeEach(async () => {
    web = await WebApp.start({ RATE_PER_ADDRESS: '2/1h' }, new TestClock(SENT_AT).stop());
  });
  afterEach(() => web.stop());

  const postForm = (fields: Record<string, string>) =>
    web.fetch('/jobs', { method: 'POST', body: new URLSearchParams(fields) });
  const postJson = (fields: Record<string, string>, key: string) =>
    web.fetch('/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(fields),
    });
  const withNonce = async (fields: Record<string, string>) => {
    const page = await (await web.fetch('/')).text();
    return { ...fields, nonce: /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? '' };
  };
  /** Settles when `count` requests have arrived. */
  const allArrive = (count: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let left = count;
    web.app.getHttpServer().on('request', () => (left -= 1) === 0 && resolve());
    return promise;
  };
  const jobOf = (response: Response) => response.headers.get('location') ?? '';

  it.each([
    ['in the minute that was asked for', MINUTE_MS],
    ['after that minute', 2 * MINUTE_MS],
    ['a day later', 1440 * MINUTE_MS],
  ])('returns the first job %s', async (_when, laterMs) => {
    const fields = await withNonce(AHEAD);
    const first = jobOf(await postForm(fields));
    web.clock.advance(laterMs);
    const again = await postForm(fields);
    expect(again.status).toBe(303);
    expect(jobOf(again)).toBe(first);
  });

  it('returns the first job, which was to start in the running minute', async () => {
    const fields = await withNonce({ ...AHEAD, time: '12:04' });
    const first = jobOf(await postForm(fields));
    web.clock.advance(MINUTE_MS);
    expect(jobOf(await postForm(fields))).toBe(first);
  });

  it('returns the first job through the API, by its key', async () => {
    const first = await web.jobIn(await postJson(AHEAD, 'one'));
    web.clock.advance(2 * MINUTE_MS);
    expect(await web.jobIn(await postJson(AHEAD, 'one'))).toMatchObject({ id: first.id });
    expect((await postJson(AHEAD, 'two')).status).toBe(422);
  });

  it('counts once for the limits', async () => {
    const fields = await withNonce(FIELDS);
    const answers = [];
    for (let sent = 0; sent < 4; sent += 1) answers.push(await postForm(fields));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(new Set(answers.map(jobOf)).size).toBe(1);
    expect((await postForm(FIELDS)).status).toBe(303);
    expect((await postForm(FIELDS)).status).toBe(429);
  });

  it.each([
    ['a form with its number', 'form'],
    ['JSON with a key', 'json'],
    ['the wish for the same once more', 'retry'],
  ])('fifty times at once counts once: %s', async (_what, how) => {
    const fields = await withNonce(FIELDS);
    const page = how === 'retry' ? jobOf(await postForm({ ...FIELDS, email: 'bea@example.org' })) : '';
    const send = () => {
      if (how === 'form') return postForm(fields);
      return how === 'json' ? postJson(FIELDS, 'one') : web.fetch(`${page}/retry`, { method: 'POST' });
    };
    const arrived = allArrive(50);
    const submit = web.store.submit.bind(web.store);
    web.store.submit = (job) => arrived.then(() => submit(job));
    const answers = await Promise.all(Array.from({ length: 50 }, send));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([how === 'json' ? 201 : 303]));
    expect(new Set(answers.map(jobOf)).size).toBe(1);
    const email = how === 'retry' ? 'bea@example.org' : FIELDS.email;
    const left = how === 'retry' ? [429] : [303, 429];
    for (const status of left) expect((await postForm({ ...FIELDS, email })).status).toBe(status);
  });

  it('returns its job even if every limit has been reached since', async () => {
    const fields = await withNonce(FIELDS);
    const first = jobOf(await postForm(fields));
    for (const status of [303, 429]) expect((await postForm(FIELDS)).status).toBe(status);
    const again = await postForm(fields);
    expect(again.status).toBe(303);
    expect(jobOf(again)).toBe(first);
  });

  it.each([
    ['with another query', { query: 'blue panda' }],
    ['with another time', { time: '12:03' }],
    ['with something wrong besides', { count: '0' }],
  ])('is refused for its past time %s', async (_what, change) => {
    const fields = await withNonce(AHEAD);
    await postForm(fields);
    web.clock.advance(2 * MINUTE_MS);
    const again = await postForm({ ...fields, ...change });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('it is already 12:06');
  });

  it('is refused for its past time when the first job is gone', async () => {
    const fields = await withNonce(AHEAD);
    const id = web.tokens.readPublicId(jobOf(await postForm(fields)).replace('/jobs/', '')) ?? '';
    web.clock.advance(2 * MINUTE_MS);
    await web.store.delete(id);
    expect((await postForm(fields)).status).toBe(422);
  });
});
