import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

describe('deleting a job', () => {
  let web: WebApp;
  let jobs: WebJobs;
  beforeAll(async () => {
    web = await WebApp.start();
    jobs = new WebJobs(web);
  });
  afterAll(() => web.stop());

  const newPath = async () => `/jobs/${web.tokens.publicId((await jobs.ready(Buffer.from('zip'))).id)}`;
  const remove = (path: string, accept: string) =>
    web.fetch(`${path}/delete`, { method: 'POST', headers: { accept } });

  it('redirects to a page that says so without naming the job, whose address then has expired', async () => {
    const path = await newPath();
    const answer = await remove(path, 'text/html');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/deleted']);
    const page = await web.fetch('/deleted');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Deleted. Nothing of this job is left.');
    const later = await web.fetch(path, { headers: { accept: 'text/html' } });
    expect(later.status).toBe(410);
    expect(await later.text()).toContain('Link has expired');
  });

  it('returns the job without a download and a message to programs', async () => {
    const path = await newPath();
    const answer = await remove(path, 'application/json');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      state: 'ready',
      download: null,
      deleted: true,
      message: 'Deleted. Nothing of this job is left.',
    });
    expect((await remove(path, 'application/json')).status).toBe(410);
  });
});
