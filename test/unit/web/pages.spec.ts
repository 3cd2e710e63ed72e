import { request } from 'node:http';
import { ConfirmTokens } from '../../../src/expiry/confirm-tokens.js';
import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import { EmailConfirmations } from '../../../src/notifications/consent/email-confirmations.js';
import { MailFolder } from '../../../src/notifications/mail/mail-folder.js';
import { NeverMail } from '../../../src/notifications/consent/never-mail.js';
import { idOf } from '../../support/sample-jobs.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const EML = [
  'From: Image Job <image-job@localhost>',
  'To: ana@example.org',
  'Subject: Ready: <b>pandas</b>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b\r\nContent-Type: text/plain\r\n\r\nSee http://localhost/d/x <script>\r\n--b',
  'Content-Type: text/html\r\n\r\n<p>See <a href="http://localhost/d/x">it</a></p>\r\n--b--',
].join('\r\n');

/** Sends a request with a header that fetch does not allow, and returns its status. */
function statusWith(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

describe('the pages', () => {
  let web: WebApp;
  let jobs: WebJobs;
  beforeAll(async () => {
    web = await WebApp.start();
    jobs = new WebJobs(web);
  });
  afterAll(() => web.stop());

  const pageOf = async ({ id }: { readonly id: string }) =>
    (await web.fetch(`/jobs/${web.tokens.publicId(id)}`)).text();
  const withMail = () =>
    web.app
      .get(MailFolder)
      .keep({ jobId: idOf('mail'), slot: 'end', from: 'x', to: 'ana@example.org', bytes: Buffer.from(EML) });

  it('show a waiting job with countdown, recipients and a way to cancel', async () => {
    const page = await pageOf(await jobs.scheduled({ query: '"><img src=x onerror=alert(1)>' }));
    expect(page).toContain('Starts in');
    expect(page).toContain('a…@example.org');
    expect(page).not.toContain('ana@example.org');
    expect(page).toMatch(/action="\/jobs\/[\w-]+\/cancel"/);
    expect(page).toContain('<noscript><meta http-equiv="refresh"');
    expect(page).not.toContain('<img src=x');
  });

  it('say that the first of two equal times is meant', async () => {
    const firstOfTwo = Date.parse('2027-10-31T00:30:00Z') - web.clock.now();
    const page = await pageOf(await jobs.scheduled({ inMs: Math.round(firstOfTwo / 60_000) * 60_000 }));
    expect(page).toContain('The job starts at the first of the two.');
    expect(await pageOf(await jobs.scheduled())).not.toContain('first of the two');
  });

  it('show a running job with stage, counts, reasons of rejections and delay', async () => {
    const page = await pageOf(await jobs.running({ kept: 4 }));
    expect(page).toMatch(/data-stage="downloading"[^>]*aria-current="step"/);
    expect(page).toContain('<progress id="bar" max="12" value="4"');
    expect(page).toContain('started 10 minutes late');
    expect(page.replaceAll(/\s+/g, ' ')).toMatch(/data-reason="exact_duplicate"\s*> <b>2<\/b>/);
    expect(page.match(/<img\s+src="\/jobs\/[\w-]+\/thumbs\//g)).toHaveLength(4);
    expect(page).toContain('<li data-engine="google">Google: 4 kept, 6 left out, 34 not tried yet</li>');
  });

  it('show a ready job with its download, the shortfall with counts, and one extension', async () => {
    const page = await pageOf(await jobs.ready(Buffer.from('zip'), { kept: 4 }));
    expect(page).toMatch(/href="\/d\/[\w-]{32}\/red-panda\.zip"/);
    expect(page).toContain('4 of 12 could be delivered');
    expect(page).toContain('4 kept, 6 left out, 34 not tried');
    expect(page).toMatch(/id="rejected"[^>]*open/);
    expect(page.match(/site answered with an error/g)).toHaveLength(1);
    expect(page).toMatch(/\/extend"/);
    expect(page).not.toContain('http-equiv="refresh"');
  });

  it('keep the reasons of rejections on the page of a complete job', async () => {
    const job = await jobs.ready(Buffer.from('zip'), { count: 4, kept: 4 });
    const page = (await pageOf(job)).replaceAll(/\s+/g, ' ');
    expect(page).not.toContain('could be delivered');
    expect(page).toContain('4 kept, 6 left out, 34 not needed');
    expect(page).toMatch(/<span id="rejected-total">6<\/span> not kept, and why/);
    expect(page).toMatch(/<b>3<\/b><span>site answered with an error/);
    expect(page).toMatch(/action="[^"]*\/retry"> <button class="button " type="submit">The same again</);
  });

  it('show a failed job with its cause, what to do, and ways to try again', async () => {
    const page = await pageOf(await jobs.failed('source.no_results'));
    expect(page).toContain('found no images for these words');
    expect(page).toMatch(/\/retry"/);
    expect(page).toMatch(/href="\/again\/[\w.-]+"/);
  });

  it('answer unknown and broken addresses with an error page', async () => {
    for (const [path, status] of [
      ['/nowhere', 404],
      ['/jobs/%E0%A4%A', 400],
      ['/jobs/<x>', 404],
    ] as const) {
      const response = await web.fetch(path, { headers: { accept: 'text/html' } });
      expect([path, response.status]).toEqual([path, status]);
      expect(await response.text()).toContain('Image Job');
    }
  });

  it('stop all mail by the button only, not by opening the link', async () => {
    const path = `/never-mail/${web.app.get(NeverMailTokens).make('bob@example.org')}`;
    expect(await (await web.fetch(path)).text()).toContain('Never mail me again');
    expect(await web.app.get(NeverMail).isRefused('bob@example.org')).toBe(false);
    expect((await web.fetch(path, { method: 'POST' })).status).toBe(200);
    expect(await web.app.get(NeverMail).isRefused('bob@example.org')).toBe(true);
    expect((await web.fetch('/never-mail/nonsense')).status).toBe(404);
  });

  it('confirm an address by the button only', async () => {
    const { id } = await jobs.scheduled();
    const token = web.app.get(ConfirmTokens).make({ address: 'bob@example.org', jobId: id });
    const path = `/confirm-mail/${token}`;
    const isConfirmed = () => web.app.get(EmailConfirmations).isConfirmed('bob@example.org');
    const page = await (await web.fetch(path)).text();
    expect(page).toContain('Yes, write to this address');
    expect(page).toContain('b…@example.org');
    expect(page).not.toContain('bob@');
    await web.fetch(path, { method: 'HEAD' });
    const foreign = { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } };
    expect((await web.fetch(path, foreign)).status).toBe(403);
    expect(await isConfirmed()).toBe(false);
    const answers = [await web.fetch(path, { method: 'POST' }), await web.fetch(path, { method: 'POST' })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await isConfirmed()).toBe(true);
    expect((await web.fetch('/confirm-mail/nonsense', { method: 'POST' })).status).toBe(404);
  });

  it('show kept mails without active content', async () => {
    await withMail();
    const list = await (await web.fetch('/mail')).text();
    expect(list).toContain('Ready: &lt;b&gt;pandas&lt;/b&gt;');
    const path = /href="(\/mail\/[^"]+)"/.exec(list)?.[1] ?? '';
    const page = await (await web.fetch(path)).text();
    expect(page).toContain('<a href="http://localhost/d/x">');
    expect(page).not.toContain('<script>');
    const html = await web.fetch(`${path}/html`);
    expect(html.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(await (await web.fetch(`${path}/source`)).text()).toBe(EML);
    expect((await web.fetch('/mail/..%2fsecret/source')).status).toBe(404);
  });

  it.each([
    [{ host: 'evil.example' }, 404],
    [{ host: 'localhost.evil.example' }, 404],
    [{ 'x-forwarded-for': '127.0.0.1' }, 404],
    [{ forwarded: 'for=127.0.0.1' }, 404],
    [{ 'x-forwarded-server': 'proxy' }, 404],
    [{ 'cf-connecting-ip': '127.0.0.1' }, 404],
    [{ host: 'localhost:3000' }, 200],
  ])('show kept mails on this machine only: %j is answered with %d', async (headers, status) => {
    expect(await statusWith(`${web.url}/mail`, headers)).toBe(status);
  });

  it('show no kept mails if a mail server is set', async () => {
    const other = await WebApp.start({ SMTP_URL: 'smtp://127.0.0.1:2525' });
    try {
      expect((await other.fetch('/mail')).status).toBe(404);
    } finally {
      await other.stop();
    }
  });
});
