import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '../../config/secrets.js';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import { Links } from '../../expiry/links.js';
import { Clock } from '../../jobs/clock.port.js';
import type { Job } from '../../jobs/job.js';
import type { Notice, Slot } from '../../jobs/notice.js';
import { asciiDomain } from './ascii-domain.js';
import { mailHtml } from './mail-html.js';
import type { RawMail } from './mail-transport.port.js';
import { mailText } from './mail-text.js';
import { writeMail } from './write-mail.js';

/** Makes the message for a notice: both parts, and headers that say it comes from a machine. */
@Injectable()
export class MailMessages {
  constructor(
    private readonly links: Links,
    private readonly clock: Clock,
    private readonly secrets: Secrets,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'mailFrom'>,
  ) {}

  /** @see https://www.rfc-editor.org/rfc/rfc3834 (Auto-Submitted), rfc2369 and rfc8058 (List-Unsubscribe) */
  async compose(notice: Notice, job: Job): Promise<RawMail> {
    const { jobId, slot, recipient } = notice;
    const content = writeMail(notice, job, this.links);
    // With the first mail: a service that waits has no use for it.
    const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
    const message = new MailComposer({
      from: this.settings.mailFrom,
      // As an object, so that nothing in the address is parsed as a second one.
      to: { name: '', address: recipient.address },
      subject: content.subject,
      text: mailText(content),
      html: mailHtml(content),
      date: new Date(this.clock.now()),
      messageId: this.messageId(notice, slot),
      ...(slot === 'confirm' || slot === 'start' ? {} : { references: this.messageId(notice, 'start') }),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...unsubscribeHeaders(content.footer.never.url),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile();
    const { from, to } = message.getEnvelope();
    return { jobId, slot, from: from || '', to: to[0] ?? '', bytes: await message.build() };
  }

  /** The same for the same notice, whoever sends it and however often, and no hint at the job's id. */
  private messageId({ jobId, recipient }: Notice, slot: Slot): string {
    const name = createHmac('sha256', this.secrets.current('message-id'))
      .update(JSON.stringify([jobId, slot, recipient.address]))
      .digest('hex')
      .slice(0, 32);
    const domain = /@([^\s>@]+)>?\s*$/.exec(this.settings.mailFrom)?.[1] ?? '';
    return `<${name}@${asciiDomain(domain) || 'localhost'}>`;
  }
}

function unsubscribeHeaders(url: string): Record<string, { prepared: true; value: string }> {
  const link = { prepared: true, value: `<${new URL(url).href}>` } as const;
  if (!url.startsWith('https:')) return { 'List-Unsubscribe': link };
  const oneClick = { prepared: true, value: 'List-Unsubscribe=One-Click' } as const;
  return { 'List-Unsubscribe': link, 'List-Unsubscribe-Post': oneClick };
}
