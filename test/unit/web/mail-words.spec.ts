import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import { NeverMail } from '../../../src/notifications/consent/never-mail.js';
import type { Job } from '../../../src/jobs/job.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const SMTP = { SMTP_URL: 'smtp://127.0.0.1:2525' };
const KEEP = 'No mail arriving? Keep this page’s address.';
/** A header that proxies add: the reader is on another machine. */
const FROM_ELSEWHERE = { 'x-forwarded-for': '198.51.100.1' };

describe('mail on the pages', () => {
  let web: WebApp;
  let jobs: WebJobs;
  const start = async (environment: Record<string, string>) => {
    web = await WebApp.start(environment);
    jobs = new WebJobs(web);
  };
  afterEach(() => web.stop());

  const textOf = async (path: string, headers: Record<string, string> = {}) =>
    (await (await web.fetch(path, { headers })).text()).replaceAll(/\s+/g, ' ');
  const pageOf = ({ id }: Job, headers = {}) => textOf(`/jobs/${web.tokens.publicId(id)}`, headers);

  it('is promised if a mail server is set, and every page says what to do if none arrives', async () => {
    await start(SMTP);
    const open = [await pageOf(await jobs.scheduled()), await pageOf(await jobs.running())];
    for (const page of open) expect(page).toContain(`we’ll write to a…@example.org. ${KEEP}`);
    const ended = [await pageOf(await jobs.ready(Buffer.from('zip'))), await pageOf(await jobs.failed())];
    for (const page of ended) {
      expect(page).toContain(KEEP);
      expect(page).not.toContain('we’ll write');
    }
    const form = await textOf('/');
    expect(form).toContain('You may leave it empty: then keep the address of the job’s page.');
    expect(form).not.toContain('No mail server');
  });

  it('is not promised without a mail server, and readers who can open kept mails get a link to them', async () => {
    await start({});
    const job = await jobs.scheduled();
    for (const page of [await pageOf(job), await textOf('/')]) {
      expect(page).toContain('No mail server is set here, so no mail is sent');
      expect(page).toContain('<a href="/mail">Mail</a>');
      expect(page).not.toMatch(/we’ll write|You hear from us|by e-mail/);
    }
    expect((await web.fetch('/mail')).status).toBe(200);
  });

  it('has no such link for other readers', async () => {
    await start({});
    const job = await jobs.scheduled();
    for (const page of [await pageOf(job, FROM_ELSEWHERE), await textOf('/', FROM_ELSEWHERE)]) {
      expect(page).toContain('No mail server is set here, so no mail is sent');
      expect(page).not.toContain('href="/mail"');
    }
    expect((await web.fetch('/mail', { headers: FROM_ELSEWHERE })).status).toBe(404);
  });

  it('is replaced by the advice to keep the address, or by the chat', async () => {
    await start(SMTP);
    const alone = await pageOf(await jobs.scheduled({ recipients: [] }));
    expect(alone).toContain('Keep this page’s address: it is the only way back to the job.');
    const inChat = await pageOf(
      await jobs.scheduled({ recipients: [{ channel: 'slack', address: 'T1/C1/U1' }] }),
    );
    expect(inChat).toContain('we’ll write to the chat. No message arriving? Keep this page’s address.');
  });

  it('never reveals whether an address refuses mail', async () => {
    await start(SMTP);
    const notes = async () =>
      /<p class="note" id="mail">.*?<\/p>/.exec(await pageOf(await jobs.scheduled()))?.[0];
    const before = await notes();
    await web.app.get(NeverMail).refuse(web.app.get(NeverMailTokens).make('ana@example.org'));
    expect(await notes()).toBe(before);
    expect(before).toContain(KEEP);
  });

  it('is allowed again by a button for the owner, and not by opening a link', async () => {
    await start(SMTP);
    const path = `/never-mail/${web.app.get(NeverMailTokens).make('Ana@example.org')}`;
    const isRefused = () => web.app.get(NeverMail).isRefused('ana@example.org');
    expect(await textOf(path)).not.toContain('/undo');
    const refused = await (await web.fetch(path, { method: 'POST' })).text();
    const action = `action="${path}/undo"`;
    expect(refused).toContain(action);
    expect(refused).toContain('Send me mail again');
    expect(await textOf(path)).toContain(action);
    expect((await web.fetch(`${path}/undo`, { headers: { accept: 'text/html' } })).status).toBe(405);
    expect(await isRefused()).toBe(true);
    const foreign = { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } };
    expect((await web.fetch(`${path}/undo`, foreign)).status).toBe(403);
    expect((await web.fetch(`${path}/undo`, { method: 'POST' })).status).toBe(200);
    expect(await isRefused()).toBe(false);
    expect((await web.fetch('/never-mail/nonsense/undo', { method: 'POST' })).status).toBe(404);
  });
});
