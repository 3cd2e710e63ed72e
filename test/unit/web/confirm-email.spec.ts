import { WebApp } from '../../support/web/web-app.js';

const FIELDS = { query: 'red panda', count: '12', email: 'ana@example.org' };

/** The texts of the pages for a person who fills in and sends the form. */
async function wordsOn(web: WebApp): Promise<{ readonly form: string; readonly job: string }> {
  const form = await (await web.fetch('/')).text();
  const sent = await web.fetch('/jobs', { method: 'POST', body: new URLSearchParams(FIELDS) });
  const job = await (await web.fetch(sent.headers.get('location') ?? '')).text();
  return { form: form.replaceAll(/\s+/g, ' '), job: job.replaceAll(/\s+/g, ' ') };
}

describe('the pages, if an address has to confirm', () => {
  let web: WebApp;
  afterEach(() => web.stop());

  it('say so before and after the form is sent, and the job asks', async () => {
    web = await WebApp.start({ CONFIRM_EMAIL: 'true' });
    const { form, job } = await wordsOn(web);
    expect(form).toContain('A first mail asks you to confirm it');
    expect(job).toContain('a first mail asks for it; nothing else is sent before.');
    const [id = ''] = web.queue.scheduled;
    expect(await web.store.notices(id)).toMatchObject([{ slot: 'confirm', status: 'pending' }]);
  });

  it('do not mention it otherwise', async () => {
    web = await WebApp.start();
    const { form, job } = await wordsOn(web);
    expect(form + job).not.toContain('first mail');
    const [id = ''] = web.queue.scheduled;
    expect(await web.store.notices(id)).toEqual([]);
  });
});
