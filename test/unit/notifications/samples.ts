import { Secrets } from '../../../src/config/secrets.js';
import { ConfirmTokens } from '../../../src/expiry/confirm-tokens.js';
import { Links } from '../../../src/expiry/links.js';
import { ListeningAddress } from '../../../src/expiry/listening-address.js';
import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import { RetryLinks } from '../../../src/expiry/retry-link.js';
import type { Clock } from '../../../src/jobs/clock.port.js';
import type { Job } from '../../../src/jobs/job.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import type { Notice, Slot } from '../../../src/jobs/notice.js';
import type { KeyedStore } from '../../../src/jobs/keyed-store.port.js';
import { EmailConfirmations } from '../../../src/notifications/consent/email-confirmations.js';
import { MailConsent } from '../../../src/notifications/consent/mail-consent.js';
import { MailMessages } from '../../../src/notifications/mail/mail-message.js';
import { NoticeChannels } from '../../../src/notifications/notice-channels.js';
import type { Notifier } from '../../../src/notifications/notifier.port.js';
import { NeverMail } from '../../../src/notifications/consent/never-mail.js';
import { sampleJob } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';

export const HOUR_MS = 3_600_000;
/** Tuesday 24 November 2026, 9:00 in Vienna. */
export const DUE = Date.UTC(2026, 10, 24, 8);
export const SECRETS = new Secrets(['a secret of the tests']);

/** Links that begin with `publicUrl`. */
export function linksOf(publicUrl = 'https://images.example', clock: Clock = new TestClock(DUE)): Links {
  const address = new ListeningAddress({ publicUrl, host: '127.0.0.1', port: 3000 });
  const [never, confirm] = [new NeverMailTokens(SECRETS), new ConfirmTokens(SECRETS)];
  return new Links(address, new JobTokens(SECRETS), new RetryLinks(SECRETS, clock), never, confirm);
}

/** Makes messages as of `DUE`. */
export function messagesOf(
  publicUrl?: string,
  mailFrom = 'Image Job <image-job@images.example>',
): MailMessages {
  const clock = new TestClock(DUE);
  return new MailMessages(linksOf(publicUrl, clock), clock, SECRETS, { mailFrom });
}

/** A running job due at `DUE`. */
export function runningJob(request: Partial<Job['request']> = {}, changes: Partial<Job> = {}): Job {
  const job = newJob(sampleJob('mailed', DUE, request));
  return { ...job, state: 'running', stage: 'searching', epoch: 1, startedAt: DUE + 500, ...changes };
}

/** The same job, ready. */
export function readyJob(request: Partial<Job['request']> = {}, changes: Partial<Job> = {}): Job {
  const job = runningJob(request);
  return {
    ...job,
    state: 'ready',
    stage: null,
    finishedAt: DUE + 300_000,
    delivered: job.request.count,
    archive: { name: `${job.id}/1.zip`, bytes: 48_312_334, sha256: 'ab'.repeat(32) },
    expiresAt: DUE + 300_000 + 24 * HOUR_MS,
    ...changes,
  };
}

/** The same job, failed. */
export function failedJob(request: Partial<Job['request']> = {}, changes: Partial<Job> = {}): Job {
  return {
    ...runningJob(request),
    state: 'failed',
    stage: null,
    finishedAt: DUE + 300_000,
    cause: { code: 'source.blocked', context: {} },
    expiresAt: DUE + 300_000 + 24 * HOUR_MS,
    ...changes,
  };
}

/** The notice of `job` in `slot`. */
export function noticeOf(job: Job, slot: Slot, address = 'ann@example.org'): Notice {
  const recipient = { channel: 'email', address } as const;
  return {
    jobId: job.id,
    slot,
    recipient,
    epoch: 1,
    status: 'sending',
    attempts: 1,
    notBefore: 0,
    detail: null,
  };
}

/** Lets every mail leave. */
export const GIVEN: Pick<MailConsent, 'of' | 'afterPutOff'> = {
  of: async () => ({ kind: 'given' }),
  afterPutOff: async () => {},
};

/** Decides which addresses may get mail. @param confirmEmail whether addresses are asked first */
export function consentOf(keyed: KeyedStore, clock: Clock, confirmEmail = false): MailConsent {
  const neverMail = new NeverMail(keyed, new NeverMailTokens(SECRETS), SECRETS, clock);
  return new MailConsent(neverMail, new EmailConfirmations(keyed, SECRETS, clock), { confirmEmail });
}

/** The ways to tell people of a process with some of the roles; it has all by default. */
export function channelsOf(
  clock: Clock,
  notifiers: readonly Notifier[],
  roles: readonly ('web' | 'worker' | 'bots')[] = ['web', 'worker', 'bots'],
): NoticeChannels {
  return new NoticeChannels(clock, notifiers, { roles });
}
