import type { Links } from '../../expiry/links.js';
import type { Job } from '../../jobs/job.js';
import type { NoticeKey, Slot } from '../../jobs/notice.js';
import { confirmMail } from './confirm-mail.js';
import { endMail } from './end-mail.js';
import { errorMail } from './error-mail.js';
import type { MailBody, MailContent } from './mail-content.js';
import { startMail } from './start-mail.js';

const BODIES: Readonly<Record<Slot, (job: Job, links: Links, notice: NoticeKey) => MailBody>> = {
  confirm: confirmMail,
  start: startMail,
  end: endMail,
  error: errorMail,
};

/** The content of the mail for a notice, from the current state of its job. */
export function writeMail(notice: NoticeKey, job: Job, links: Links): MailContent {
  const { slot, recipient } = notice;
  return {
    ...BODIES[slot](job, links, notice),
    footer: {
      reason: 'You get this mail because this address was entered for an image job.',
      home: { label: 'Image Job', url: links.home() },
      never: { label: 'Never mail me again', url: links.neverMail(recipient.address) },
    },
  };
}
