import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfirmTokens } from '../../../src/expiry/confirm-tokens.js';
import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import { Secrets } from '../../../src/config/secrets.js';
import type { Job, Recipient } from '../../../src/jobs/job.js';
import { Jitter } from '../../../src/notifications/notice-backoff.js';
import { ConfirmByLink } from '../../../src/notifications/consent/confirm-by-link.js';
import { EmailConfirmations } from '../../../src/notifications/consent/email-confirmations.js';
import { NeverMail } from '../../../src/notifications/consent/never-mail.js';
import { Outbox } from '../../../src/notifications/outbox.js';
import { SQLITE_FILE } from '../../../src/storage/sqlite/open-sqlite.js';
import { sampleJob } from '../../support/sample-jobs.js';
import { ScriptedNotifier } from '../../support/mail/scripted-notifier.js';
import { type TemporaryStorage, temporaryStorage } from '../../support/sqlite-storage.js';
import { TestClock } from '../../support/test-clock.js';
import { channelsOf, consentOf, DUE, HOUR_MS, SECRETS } from './samples.js';

const NEVER = new AbortController().signal;
const ANA = 'ana@example.org';
const DAY_MS = 24 * HOUR_MS;

class NoJitter extends Jitter {
  override spread(ms: number): number {
    return ms;
  }
}

describe('an address that has to confirm', () => {
  let storage: TemporaryStorage;
  let clock: TestClock;
  let notifier: ScriptedNotifier;
  let outbox: Outbox;
  let confirming: ConfirmByLink;
  const tokens = new ConfirmTokens(SECRETS);

  beforeEach(async () => {
    storage = await temporaryStorage();
    clock = new TestClock(DUE - 1000);
    notifier = new ScriptedNotifier('email', consentOf(storage.keyed, clock, true));
    outbox = new Outbox(storage.jobs, clock, new NoJitter(), channelsOf(clock, [notifier]));
    const confirmations = new EmailConfirmations(storage.keyed, SECRETS, clock);
    confirming = new ConfirmByLink(tokens, confirmations, storage.jobs, clock);
  });
  afterEach(() => storage.remove());

  const submitted = async (name = 'asked', address = ANA): Promise<Job> => {
    const recipients: Recipient[] = [{ channel: 'email', address }];
    const { job } = await storage.jobs.submit({
      ...sampleJob(name, clock.now() + 1000, { recipients }),
      asksToConfirm: true,
    });
    await outbox.deliver(job.id, NEVER);
    return job;
  };
  const run = async ({ id }: Job): Promise<void> => {
    const begun = await storage.jobs.begin(id, 0, clock.now());
    await outbox.deliver(id, NEVER);
    const at = clock.now();
    await storage.jobs.finish(id, begun?.epoch ?? 0, {
      state: 'ready',
      at,
      archive: { name: `${id}/1.zip`, bytes: 1, sha256: '00' },
      delivered: 3,
      shortfall: [],
      expiresAt: at + DAY_MS,
    });
    await outbox.deliver(id, NEVER);
  };
  const linkFor = (job: Job, address = ANA) => tokens.make({ address, jobId: job.id });
  const statuses = async ({ id }: Job) =>
    (await storage.jobs.notices(id)).map(({ slot, status }) => `${slot} ${status}`).toSorted();

  it('is asked when a job is submitted, and gets nothing else', async () => {
    const job = await submitted();
    await run(job);
    clock.advance(HOUR_MS);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual([`confirm ${ANA}`]);
    expect(await statuses(job)).toEqual(['confirm sent', 'end pending', 'start dropped']);
  });

  it('gets waiting notices at once when it confirms: never more than three mails of a job', async () => {
    const job = await submitted();
    await run(job);
    clock.advance(20_000);
    expect(await confirming.confirm(linkFor(job))).toBe(true);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual([`confirm ${ANA}`, `end ${ANA}`]);
    const next = await submitted('next');
    await run(next);
    expect(notifier.seen.slice(2)).toEqual([`start ${ANA}`, `end ${ANA}`]);
    expect(await statuses(next)).toEqual(['confirm dropped', 'end sent', 'start sent']);
  });

  it('gets waiting notices also when it confirms hours later', async () => {
    const job = await submitted();
    await run(job);
    for (let look = 0; look < 20; look += 1) {
      clock.advance(10 * 60_000);
      await outbox.deliver(job.id, NEVER);
    }
    expect(await statuses(job)).toEqual(['confirm sent', 'end pending', 'start dropped']);
    await confirming.confirm(linkFor(job));
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual([`confirm ${ANA}`, `end ${ANA}`]);
  });

  it('confirms for all its jobs, whatever the case it is written in', async () => {
    const [first, second] = [await submitted('first'), await submitted('second', 'Ana@Example.org')];
    await run(second);
    await confirming.confirm(linkFor(first));
    clock.advance(5 * 60_000);
    await outbox.deliver(second.id, NEVER);
    expect(notifier.seen).toEqual([`confirm ${ANA}`, 'end Ana@Example.org']);
  });

  it('is asked at most once a day, even for many jobs', async () => {
    const jobs = await Promise.all(Array.from({ length: 20 }, (_, index) => submitted(`job ${index}`)));
    expect(notifier.seen).toEqual([`confirm ${ANA}`]);
    clock.advance(DAY_MS + 1000);
    await submitted('a day later');
    expect(notifier.seen).toEqual([`confirm ${ANA}`, `confirm ${ANA}`]);
    expect(jobs).toHaveLength(20);
  });

  it('is asked by another job if the first could not ask', async () => {
    notifier.answers = [{ status: 'put_off', detail: 'down', retryAfterMs: null }, { status: 'sent' }];
    const first = await submitted('first');
    await storage.jobs.cancel(first.id, clock.now(), clock.now() + HOUR_MS);
    await submitted('second');
    expect(notifier.seen).toEqual([`confirm ${ANA}`, `confirm ${ANA}`]);
  });

  it('is asked once, by the same job, after the mail server was away', async () => {
    notifier.answers = [{ status: 'put_off', detail: 'down', retryAfterMs: null }, { status: 'sent' }];
    const job = await submitted();
    clock.advance(2000);
    await outbox.deliver(job.id, NEVER);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toHaveLength(2);
    expect(await statuses(job)).toEqual(['confirm sent']);
  });

  it('is not asked when it wants no mail at all', async () => {
    const never = new NeverMailTokens(SECRETS);
    await new NeverMail(storage.keyed, never, SECRETS, clock).refuse(never.make(ANA));
    const job = await submitted();
    await run(job);
    expect(notifier.seen).toEqual([]);
  });

  it('is asked again after a year', async () => {
    const job = await submitted();
    await confirming.confirm(linkFor(job));
    const confirmations = new EmailConfirmations(storage.keyed, SECRETS, clock);
    clock.advance(364 * DAY_MS);
    expect(await confirmations.isConfirmed(ANA)).toBe(true);
    clock.advance(2 * DAY_MS);
    expect(await confirmations.isConfirmed(ANA)).toBe(false);
  });

  it('stays confirmed when the secret changes', async () => {
    await confirming.confirm(linkFor(await submitted()));
    const renewed = new Secrets(['new', 'a secret of the tests']);
    expect(await new EmailConfirmations(storage.keyed, renewed, clock).isConfirmed(ANA)).toBe(true);
  });

  it('is not confirmed by a forged link, nor by opening a link', async () => {
    const job = await submitted();
    const foreign = new ConfirmTokens(new Secrets(['foreign'])).make({ address: ANA, jobId: job.id });
    expect(confirming.addressIn(linkFor(job))).toBe(ANA);
    expect(confirming.addressIn(foreign)).toBeNull();
    expect(await confirming.confirm(foreign)).toBe(false);
    expect(await new EmailConfirmations(storage.keyed, SECRETS, clock).isConfirmed(ANA)).toBe(false);
  });

  it('is stored nowhere after its job is gone', async () => {
    const job = await submitted();
    await confirming.confirm(linkFor(job));
    await storage.jobs.delete(job.id);
    await storage.jobs.compact();
    const file = await readFile(join(storage.dataDir, SQLITE_FILE), 'latin1');
    expect(file).toContain('mail_confirmed');
    expect(file).not.toContain('ana@');
  });

  it('is not needed in a chat', async () => {
    const slack = new ScriptedNotifier('slack');
    const recipient = { channel: 'slack', address: 'T1/C1/U1' } as const;
    expect(await slack.consentTo({ jobId: 'x', slot: 'end', recipient })).toEqual({ kind: 'given' });
  });
});
