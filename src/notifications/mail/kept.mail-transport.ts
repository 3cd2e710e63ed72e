import { isAppError } from '../../jobs/app-error.js';
import type { MailFolder } from './mail-folder.js';
import { MailTransport, type RawMail } from './mail-transport.port.js';
import type { Delivery, MaySend } from '../notifier.port.js';

/** Keeps mails as files if no SMTP server is set. */
export class KeptMailTransport extends MailTransport {
  constructor(private readonly folder: MailFolder) {
    super();
  }

  override async send(mail: RawMail, _attempt: number, maySend: MaySend): Promise<Delivery> {
    if (!(await maySend())) return { status: 'kept_back' };
    try {
      await this.folder.keep(mail);
      return { status: 'sent' };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { status: 'put_off', detail: error.code, retryAfterMs: null };
    }
  }

  override ping(): Promise<void> {
    return this.folder.ping();
  }
}
