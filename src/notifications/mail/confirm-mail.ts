import type { Links } from '../../expiry/links.js';
import type { Job } from '../../jobs/job.js';
import type { NoticeKey } from '../../jobs/notice.js';
import type { MailBody } from './mail-content.js';

/**
 * Asks whether an address wants notices. Its owner may have asked for nothing, so the mail contains no text
 * that a stranger could have chosen.
 */
export function confirmMail({ id }: Job, links: Links, { recipient }: NoticeKey): MailBody {
  return {
    subject: 'Is this your address? Image Job wants to write to you',
    headline: 'Do you want messages here?',
    paragraphs: [
      'Somebody, most likely you, has asked Image Job to collect images and to tell this address how it goes.',
      'Confirm it, and you get the messages of this job and of later ones: one at the start, one at the end. Without that nothing more is sent. If you have asked for nothing, do nothing.',
    ],
    facts: [],
    button: { label: 'Yes, write to this address', url: links.confirmMail(recipient.address, id) },
    note: 'Opens a page with a button; only the button confirms.',
    lists: [],
    links: [],
  };
}
