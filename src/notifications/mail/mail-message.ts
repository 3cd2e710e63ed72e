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

/** Makes the message of a notice, with text and HTML parts and the headers of automatic mail. */
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
    // Load it with the first mail: an idle service does not need it.
    const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
    const message = new MailComposer({
      from: this.settings.mailFrom,
      // As an object, so that nothing in it is parsed as a second address.
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

  /** The same for every try of a notice in any process; does not reveal the job id. */
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
