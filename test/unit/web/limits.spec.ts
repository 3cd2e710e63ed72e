import { WebApp } from '../../support/web-app.js';

describe('limits of the web doors', () => {
  let web: WebApp;
  beforeEach(async () => {
    web = await WebApp.start({ RATE_PER_CLIENT: '3/1h', RATE_PER_ADDRESS: '2/1h' });
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

  it('counts an e-mail address whatever its case, and leaves others alone', async () => {
    expect((await post({ email: 'ana@example.org' })).status).toBe(201);
    expect((await post({ email: 'Ana@example.org' })).status).toBe(201);
    expect((await post({ email: 'ANA@Example.org' })).status).toBe(429);
  });

  it('counts asking for the same once more like every other job, also on its page', async () => {
    const { links } = await web.jobIn(await post({ email: 'cleo@example.org' }));
    const retry = () => web.fetch(new URL(links.retry).pathname, { method: 'POST' });
    expect((await retry()).status).toBe(303);
    const refused = await retry();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(await refused.text()).toContain('That is a lot of jobs for now.');
  });

  it('shows the form again as it was typed', async () => {
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
});
