import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import type { NoticeKey } from '../../jobs/notice.js';
import type { Consent } from '../notifier.port.js';
import { EmailConfirmations } from './email-confirmations.js';
import { NeverMail } from './never-mail.js';

/** Decides whether a notice may go to an e-mail address. Fails like KeyedStore. */
@Injectable()
export class MailConsent {
  constructor(
    private readonly neverMail: NeverMail,
    private readonly confirmations: EmailConfirmations,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'confirmEmail'>,
  ) {}

  /** Asked right before a notice leaves. */
  async of({ jobId, slot, recipient: { address } }: NoticeKey): Promise<Consent> {
    if (await this.neverMail.isRefused(address))
      return { kind: 'refused', why: 'the recipient wants no mail' };
    const isConfirmed = !this.settings.confirmEmail || (await this.confirmations.isConfirmed(address));
    if (slot !== 'confirm') return { kind: isConfirmed ? 'given' : 'awaited' };
    if (isConfirmed) return { kind: 'refused', why: 'the address need not be asked' };
    const mayAsk = await this.confirmations.mayAsk(address, jobId);
    return mayAsk ? { kind: 'given' } : { kind: 'refused', why: 'the address was asked lately' };
  }

  /** If the mail that asks was put off, another job may ask. */
  async afterPutOff({ slot, recipient }: NoticeKey): Promise<void> {
    if (slot === 'confirm') await this.confirmations.forgetAsking(recipient.address);
  }
}
