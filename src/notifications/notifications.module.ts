import { type DynamicModule, Global, type InjectionToken, Module } from '@nestjs/common';
import { join } from 'node:path';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { LinksModule } from '../expiry/links.module.js';
import { Jitter } from './notice-backoff.js';
import { ConfirmByLink } from './consent/confirm-by-link.js';
import { EmailConfirmations } from './consent/email-confirmations.js';
import { EmailNotifier } from './mail/email.notifier.js';
import { KeptMailTransport } from './mail/kept.mail-transport.js';
import { MailConsent } from './consent/mail-consent.js';
import { MailFolder } from './mail/mail-folder.js';
import { MailMessages } from './mail/mail-message.js';
import { MailTransport } from './mail/mail-transport.port.js';
import { NeverMail } from './consent/never-mail.js';
import { NoticeChannels } from './notice-channels.js';
import type { Notifier } from './notifier.port.js';
import { NOTIFIERS } from './notifiers.js';
import { Outbox } from './outbox.js';
import { OutboxPump } from './outbox-pump.js';

/** Notifiers of other rooms, which only the composition root knows. */
export interface OtherNotifiers {
  readonly module: DynamicModule;
  /** Injection token of a list of Notifiers that the module exports. */
  readonly notifiers: InjectionToken;
}

/** The notifiers of this room; a new one is one line. */
const OWN_NOTIFIERS = [EmailNotifier] as const;

/** Tells people about their jobs. Needs ScheduleModule.forRoot() in the root. */
@Global()
@Module({
  imports: [LinksModule],
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
        smtpUrl === null ? new KeptMailTransport(folder) : smtpTransport(smtpUrl),
    },
    MailMessages,
    ...OWN_NOTIFIERS,
    NeverMail,
    EmailConfirmations,
    ConfirmByLink,
    MailConsent,
    Jitter,
    NoticeChannels,
    Outbox,
    OutboxPump,
  ],
  exports: [MailFolder, MailTransport, NeverMail, ConfirmByLink, NoticeChannels, Outbox],
})
export class NotificationsModule {
  /** @param others channels besides e-mail */
  static with(others: OtherNotifiers | null = null): DynamicModule {
    const list = {
      provide: NOTIFIERS,
      inject: [...OWN_NOTIFIERS, ...(others === null ? [] : [others.notifiers])],
      useFactory: (...notifiers: readonly (Notifier | readonly Notifier[])[]): Notifier[] => notifiers.flat(),
    };
    return {
      module: NotificationsModule,
      imports: others === null ? [] : [others.module],
      providers: [list],
    };
  }
}

/** Loads nodemailer only if a mail server is set. */
async function smtpTransport(smtpUrl: string): Promise<MailTransport> {
  const { SmtpMailTransport } = await import('./mail/smtp.mail-transport.js');
  return new SmtpMailTransport(smtpUrl);
}
