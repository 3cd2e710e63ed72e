import { Injectable } from '@nestjs/common';
import { type KeptMail, MailFolder } from '../../notifications/mail/mail-folder.js';

/** A kept mail for the pages. */
export interface ShownMail extends KeptMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Newest mails to list. */
const MAX_LISTED = 50;

/** Reads the kept notices from their files. */
@Injectable()
export class Mailbox {
  constructor(private readonly folder: MailFolder) {}

  /** @returns the newest mails first */
  async list(): Promise<ShownMail[]> {
    const newest = (await this.folder.list()).slice(0, MAX_LISTED);
    const mails = await Promise.all(newest.map((kept) => this.parse(kept)));
    return mails.filter((mail) => mail !== null);
  }

  /** @returns the mail of that name, or null */
  async find(name: string): Promise<ShownMail | null> {
    const kept = (await this.folder.list()).find((mail) => mail.name === name);
    return kept === undefined ? null : this.parse(kept);
  }

  /** @returns the raw message, or null */
  source(name: string): Promise<Buffer | null> {
    return this.folder.read(name);
  }

  private async parse(kept: KeptMail): Promise<ShownMail | null> {
    const source = await this.folder.read(kept.name);
    if (source === null) return null;
    const { default: PostalMime } = await import('postal-mime');
    const { from, to, subject, text, html } = await PostalMime.parse(source);
    return {
      ...kept,
      from: from?.address ?? '',
      to: to?.map(({ address }) => address ?? '').join(', ') ?? '',
      subject: subject ?? '',
      text: text ?? '',
      html: html ?? '',
    };
  }
}
