import { Inject, Injectable } from '@nestjs/common';
import { EMAIL_GRAMMAR } from '../../jobs/request/email-grammar.js';
import type { Job } from '../../jobs/job.js';
import type { Notice, NoticeKey } from '../../jobs/notice.js';
import { MailMessages } from './mail-message.js';
import { MailTransport } from './mail-transport.port.js';
import { MailConsent } from '../consent/mail-consent.js';
import { type Consent, type Delivery, type MaySend, Notifier } from '../notifier.port.js';

/** Exactly one addr-spec with an ASCII local part: no list, display name, line break or encoded word. */
const { encodedWord, shortName } = EMAIL_GRAMMAR;
const PLAIN_ADDRESS = new RegExp(
  String.raw`^(?!.*${encodedWord}.*@)${shortName}@[\p{L}\p{M}\p{N}.-]{1,253}$`,
  'u',
);

/** Tells people by e-mail. */
@Injectable()
export class EmailNotifier extends Notifier {
  override readonly channel = 'email';

  constructor(
    private readonly messages: MailMessages,
    private readonly transport: MailTransport,
    @Inject(MailConsent) private readonly consent: Pick<MailConsent, 'of' | 'afterPutOff'>,
  ) {
    super();
  }

  override consentTo(notice: NoticeKey): Promise<Consent> {
    return this.consent.of(notice);
  }

  override afterPutOff(notice: NoticeKey): Promise<void> {
    return this.consent.afterPutOff(notice);
  }

  override async send(notice: Notice, job: Job, maySend: MaySend, signal: AbortSignal): Promise<Delivery> {
    // Every door checks addresses; this is the last check.
    if (!PLAIN_ADDRESS.test(notice.recipient.address))
      return { status: 'refused', detail: 'not a plain e-mail address' };
    const message = await this.messages.compose(notice, job);
    return this.transport.send(message, notice.attempts, maySend, signal);
  }
}
