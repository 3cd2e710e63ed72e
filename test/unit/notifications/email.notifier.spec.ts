import { EmailNotifier } from '../../../src/notifications/mail/email.notifier.js';
import { MailTransport, type RawMail } from '../../../src/notifications/mail/mail-transport.port.js';
import type { Delivery } from '../../../src/notifications/notifier.port.js';
import { GIVEN, messagesOf, noticeOf, runningJob } from './samples.js';

class RecordingTransport extends MailTransport {
  readonly sent: RawMail[] = [];

  override async send(mail: RawMail): Promise<Delivery> {
    this.sent.push(mail);
    return { status: 'sent' };
  }

  override async ping(): Promise<void> {}
}

const NEVER = new AbortController().signal;
const YES = async () => true;

describe('EmailNotifier', () => {
  it('hands the message to the transport and returns its result', async () => {
    const transport = new RecordingTransport();
    const job = runningJob();
    const notifier = new EmailNotifier(messagesOf(), transport, GIVEN);
    expect(await notifier.send(noticeOf(job, 'start'), job, YES, NEVER)).toEqual({ status: 'sent' });
    expect(transport.sent).toMatchObject([{ jobId: job.id, slot: 'start', to: 'ann@example.org' }]);
  });

  it.each([
    'ann@example.org\r\nBcc: eve@example.org',
    'ann@example.org, eve@example.org',
    'ann@example.org;eve@example.org',
    'Ann <ann@example.org>',
    '"ann eve"@example.org',
    'ann@example.org eve@example.org',
    'ann@[127.0.0.1]',
    'ann@@example.org',
    'ann',
    '<ann@example.org>',
    'ann(comment)@example.org',
    '=?utf-8?q?eve=40evil.example?=@example.org',
    '',
  ])('sends nothing to %j', async (address) => {
    const transport = new RecordingTransport();
    const job = runningJob();
    const delivery = await new EmailNotifier(messagesOf(), transport, GIVEN).send(
      noticeOf(job, 'start', address),
      job,
      YES,
      NEVER,
    );
    expect(delivery).toMatchObject({ status: 'refused' });
    expect(transport.sent).toEqual([]);
  });
});
