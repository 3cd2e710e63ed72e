import PostalMime, { type Email } from 'postal-mime';
import type { Job } from '../../../src/jobs/job.js';
import type { Slot } from '../../../src/jobs/notice.js';
import { failedJob, messagesOf, noticeOf, readyJob, runningJob } from './samples.js';

const ATTACK = '"><script>alert(1)</script>\r\nBcc: eve@example.org\r\n\r\n<img src=x onerror=alert(1)>';

async function compose(job: Job, slot: Slot, address = 'ann@example.org', publicUrl?: string) {
  const mail = await messagesOf(publicUrl).compose(noticeOf(job, slot, address), job);
  return { ...mail, raw: mail.bytes.toString('latin1'), parsed: await PostalMime.parse(mail.bytes) };
}

const header = (parsed: Email, name: string) => parsed.headers.find(({ key }) => key === name)?.value;

describe('a message', () => {
  it('has a text and an HTML part that say the same', async () => {
    const { parsed } = await compose(readyJob({ query: 'red panda', count: 50 }), 'end');
    for (const part of [parsed.text, parsed.html]) {
      expect(part).toContain('All 50 images for');
      expect(part).toContain('https://images.example/d/');
      expect(part).toContain('Wed 25 November 2026, 09:05 CET');
    }
  });

  it('comes from the fixed sender, to the recipient alone, at the time of the clock', async () => {
    const { parsed, from, to } = await compose(runningJob(), 'start');
    expect(parsed.from).toMatchObject({ name: 'Image Job', address: 'image-job@images.example' });
    expect(parsed.to).toMatchObject([{ address: 'ann@example.org' }]);
    expect([from, to]).toEqual(['image-job@images.example', 'ann@example.org']);
    expect(parsed.date).toMatch(/^2026-11-24T08:00:0/);
  });

  it('marks itself as automatic, and links the way to get no more', async () => {
    const { parsed } = await compose(runningJob(), 'start');
    expect(header(parsed, 'auto-submitted')).toBe('auto-generated');
    expect(header(parsed, 'list-unsubscribe')).toMatch(/^<https:\/\/images\.example\/never-mail\/[\w-]+>$/);
    expect(header(parsed, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('offers the one-click way only if the address is safe to post to', async () => {
    const { parsed } = await compose(runningJob(), 'start', 'ann@example.org', 'http://localhost:3000');
    expect(header(parsed, 'list-unsubscribe')).toContain('http://localhost:3000/never-mail/');
    expect(header(parsed, 'list-unsubscribe-post')).toBeUndefined();
  });

  it('has the same id each time, different for each slot and recipient, which does not reveal the job', async () => {
    const job = readyJob();
    const ids = [
      await compose(job, 'end'),
      await compose(job, 'end'),
      await compose(job, 'start'),
      await compose(job, 'end', 'bob@example.org'),
    ].map(({ parsed }) => parsed.messageId ?? '');
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@images\.example>$/);
    expect(ids[0]).not.toContain(job.id);
  });

  it('threads the later mails of a job under its first', async () => {
    const first = await compose(runningJob(), 'start');
    const last = await compose(failedJob(), 'error');
    expect(header(last.parsed, 'references')).toBe(first.parsed.messageId);
  });

  it.each(['Größte 熊猫 im Schnee', 'قطط جميلة', 'ёжик 🦔', 'ภาพแมว', 'Ελλάδα'])(
    'carries the query %s through, in the subject and both parts',
    async (query) => {
      const { parsed, raw } = await compose(runningJob({ query }), 'start');
      for (const part of [parsed.subject, parsed.text, parsed.html]) expect(part).toContain(query);
      expect(raw).toMatch(/^[\p{ASCII}]*$/u);
    },
  );

  it.each(['start', 'end', 'error'] as const)(
    'lets no query into its headers or markup (%s)',
    async (slot) => {
      const job = { start: runningJob, end: readyJob, error: failedJob }[slot]({ query: ATTACK });
      const { parsed, raw } = await compose(job, slot);
      expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^bcc:/im);
      expect(parsed.bcc ?? []).toEqual([]);
      expect(parsed.from?.address).toBe('image-job@images.example');
      expect(parsed.html).not.toMatch(/<script|<img/i);
      expect(parsed.subject).not.toMatch(/[\r\n]/);
    },
  );

  it('writes international domains as the network wants them', async () => {
    const { to, parsed } = await compose(runningJob(), 'start', 'ann@bücher.example');
    expect(to).toBe('ann@xn--bcher-kva.example');
    expect(parsed.to?.[0]?.address).toBe('ann@xn--bcher-kva.example');
  });

  it.each([
    ['a..b@docomo.ne.jp', '"a..b"@docomo.ne.jp'],
    ['a.@ezweb.ne.jp', '"a."@ezweb.ne.jp'],
  ])('puts the name of %s in quotes, for the server and in the message', async (address, quoted) => {
    const { to, raw } = await compose(runningJob(), 'start', address);
    expect(to).toBe(quoted);
    expect(raw).toContain(`To: <${quoted}>\r\n`);
  });

  it('has only ASCII in its headers if the sender has an international domain', async () => {
    const job = runningJob({ query: 'Größte 熊猫' });
    const notice = noticeOf(job, 'end', 'ann@bücher.example');
    const message = await messagesOf('https://bücher.example', 'Büro <images@bücher.example>').compose(
      notice,
      job,
    );
    const raw = message.bytes.toString('latin1');
    expect(raw).toMatch(/^\p{ASCII}*$/u);
    expect(raw).toMatch(/^Message-ID: <[0-9a-f]{32}@xn--bcher-kva\.example>\r$/m);
    expect(raw).toMatch(/^References: <[0-9a-f]{32}@xn--bcher-kva\.example>\r$/m);
    expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/xn--bcher-kva\.example\//m);
    expect(message.from).toBe('images@xn--bcher-kva.example');
  });
});
