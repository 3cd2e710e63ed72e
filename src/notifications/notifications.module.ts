import { Module } from '@nestjs/common';
import { join } from 'node:path';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Jitter } from './backoff.js';
import { EmailNotifier } from './email.notifier.js';
import { KeptMailTransport } from './kept.mail-transport.js';
import { MailFolder } from './mail-folder.js';
import { MailMessages } from './mail-message.js';
import { MailTransport } from './mail-transport.port.js';
import { NeverMail } from './never-mail.js';
import type { Notifier } from './notifier.port.js';
import { NOTIFIERS, OTHER_NOTIFIERS } from './notifiers.js';
import { Outbox } from './outbox.js';
import { OutboxPump } from './outbox-pump.js';
import { SmtpMailTransport } from './smtp.mail-transport.js';

/**
 * Tells people about their jobs. Needs ScheduleModule.forRoot() and LinksModule in the root, and takes further
 * channels from a global OTHER_NOTIFIERS.
 */
@Module({
  providers: [
    {
      provide: MailFolder,
      inject: [SETTINGS_TOKEN],
      useFactory: ({ dataDir }: Settings) => new MailFolder(join(dataDir, 'mail')),
    },
    {
      provide: MailTransport,
      inject: [SETTINGS_TOKEN, MailFolder],
      useFactory: ({ smtpUrl }: Settings, folder: MailFolder) =>
        smtpUrl === null ? new KeptMailTransport(folder) : new SmtpMailTransport(smtpUrl),
    },
    {
      provide: NOTIFIERS,
      inject: [EmailNotifier, { token: OTHER_NOTIFIERS, optional: true }],
      useFactory: (email: EmailNotifier, others: readonly Notifier[] = []) => [email, ...others],
    },
    MailMessages,
    EmailNotifier,
    NeverMail,
    Jitter,
    Outbox,
    OutboxPump,
  ],
  exports: [MailFolder, MailTransport, NeverMail, Outbox],
})
export class NotificationsModule {}
