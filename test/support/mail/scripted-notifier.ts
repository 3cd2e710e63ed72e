import type { Channel } from '../../../src/jobs/channels.js';
import type { Job } from '../../../src/jobs/job.js';
import type { Notice, NoticeKey } from '../../../src/jobs/notice.js';
import type { MailConsent } from '../../../src/notifications/consent/mail-consent.js';
import {
  type Consent,
  type Delivery,
  type MaySend,
  Notifier,
} from '../../../src/notifications/notifier.port.js';

/** A notifier that records notices and gives scripted answers. */
export class ScriptedNotifier extends Notifier {
  constructor(
    override readonly channel: Channel = 'email',
    private readonly consent: Pick<MailConsent, 'of' | 'afterPutOff'> | null = null,
  ) {
    super();
  }

  readonly seen: string[] = [];
  /** Answers, used one by one; the last one repeats. */
  answers: Delivery[] = [{ status: 'sent' }];
  /** Runs before each answer. */
  meanwhile: (notice: Notice, signal: AbortSignal) => Promise<void> = async () => {};

  /** Runs before a notice is claimed. */
  before: () => Promise<void> = async () => {};

  override async consentTo(notice: NoticeKey): Promise<Consent> {
    return (await this.consent?.of(notice)) ?? super.consentTo(notice);
  }

  override async afterPutOff(notice: NoticeKey): Promise<void> {
    await this.consent?.afterPutOff(notice);
  }

  override async send(notice: Notice, _job: Job, maySend: MaySend, signal: AbortSignal): Promise<Delivery> {
    await this.before();
    if (!(await maySend())) return { status: 'kept_back' };
    this.seen.push(`${notice.slot} ${notice.recipient.address}`);
    await this.meanwhile(notice, signal);
    const [answer, ...rest] = this.answers;
    if (answer === undefined) throw new Error('the notifier has no answer');
    if (rest.length > 0) this.answers = rest;
    return answer;
  }
}
