import type { Channel, Job } from '../../../src/jobs/job.js';
import type { Notice } from '../../../src/jobs/notice.js';
import { type Delivery, type MaySend, Notifier } from '../../../src/notifications/notifier.port.js';

/** A notifier that notes what it is told to send and answers as it is told. */
export class ScriptedNotifier extends Notifier {
  constructor(override readonly channel: Channel = 'email') {
    super();
  }

  readonly seen: string[] = [];
  /** What is answered; the last answer stays. */
  answers: Delivery[] = [{ status: 'sent' }];
  /** Runs before each answer. */
  meanwhile: (notice: Notice, signal: AbortSignal) => Promise<void> = async () => {};

  /** Runs before a notice is marked as leaving. */
  before: () => Promise<void> = async () => {};

  override async send(notice: Notice, _job: Job, mayLeave: MaySend, signal: AbortSignal): Promise<Delivery> {
    await this.before();
    if (!(await mayLeave())) return { status: 'kept_back' };
    this.seen.push(`${notice.slot} ${notice.recipient.address}`);
    await this.meanwhile(notice, signal);
    const [answer, ...rest] = this.answers;
    if (answer === undefined) throw new Error('the notifier has no answer');
    if (rest.length > 0) this.answers = rest;
    return answer;
  }
}
