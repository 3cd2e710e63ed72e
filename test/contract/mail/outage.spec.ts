import PostalMime from 'postal-mime';
import { Jitter } from '../../../src/notifications/notice-backoff.js';
import { EmailNotifier } from '../../../src/notifications/mail/email.notifier.js';
import { MailMessages } from '../../../src/notifications/mail/mail-message.js';
import { Outbox } from '../../../src/notifications/outbox.js';
import { SmtpMailTransport } from '../../../src/notifications/mail/smtp.mail-transport.js';
import { sampleJob } from '../../support/sample-jobs.js';
import { type MailServer, startMailServer } from '../../support/mail/smtp-replica.js';
import { type TemporaryStorage, temporaryStorage } from '../../support/sqlite-storage.js';
import { TestClock } from '../../support/test-clock.js';
import { channelsOf, consentOf, DUE, linksOf, SECRETS } from '../../unit/notifications/samples.js';

const NEVER = new AbortController().signal;
const SECOND_MS = 1000;

describe('a notice of a job, with a real store and a real mail server', () => {
  let storage: TemporaryStorage;
  let clock: TestClock;
  let server: MailServer;

  beforeEach(async () => {
    storage = await temporaryStorage();
    clock = new TestClock(DUE);
    server = await startMailServer();
  });
  afterEach(async () => {
    await server.stop();
    await storage.remove();
  });

  /** Like a restart of the process: only the store remembers anything. */
  const newOutbox = () => {
    const consent = consentOf(storage.keyed, clock);
    const settings = { mailFrom: 'Image Job <image-job@images.example>' };
    const messages = new MailMessages(linksOf('https://images.example', clock), clock, SECRETS, settings);
    const notifier = new EmailNotifier(messages, new SmtpMailTransport(server.url), consent);
    return new Outbox(storage.jobs, clock, new Jitter(), channelsOf(clock, [notifier]));
  };
  const begunJob = async () => {
    const given = sampleJob('told', DUE, { query: 'Größte 熊猫' });
    await storage.jobs.submit(given);
    await storage.jobs.begin(given.id, 0, clock.now());
    return given.id;
  };
  /** Lets seconds of the wall clock pass and delivers in each. @returns the seconds until a mail came */
  const secondsUntilMail = async (outbox: Outbox, id: string, most: number): Promise<number> => {
    let seconds = 0;
    for (; seconds < most && server.received.length === 0; seconds++) {
      clock.advance(SECOND_MS);
      await outbox.deliver(id, NEVER);
    }
    return seconds;
  };

  it('arrives once, readable, when the run and the pump both deliver it', async () => {
    const id = await begunJob();
    await Promise.all([newOutbox().deliver(id, NEVER), newOutbox().deliver(id, NEVER)]);
    expect(server.received).toHaveLength(1);
    const mail = await PostalMime.parse(server.received[0]?.raw ?? '');
    expect(mail.subject).toBe('Collecting images of “Größte 熊猫”');
  });

  it('arrives within 10 s after the end of an outage of a minute', async () => {
    const id = await begunJob();
    const { port } = server;
    await server.stop();
    const outbox = newOutbox();
    expect(await secondsUntilMail(outbox, id, 60)).toBe(60);
    server = await startMailServer({}, port);
    expect(await secondsUntilMail(outbox, id, 60)).toBeLessThanOrEqual(10);
    await secondsUntilMail(outbox, id, 20);
    expect(server.received).toHaveLength(1);
  });

  it('arrives after a restart of the service in the middle of the outage', async () => {
    const id = await begunJob();
    const { port } = server;
    await server.stop();
    await newOutbox().deliver(id, NEVER);
    server = await startMailServer({}, port);
    expect(await secondsUntilMail(newOutbox(), id, 60)).toBeLessThanOrEqual(10);
  });

  it('arrives once, after two temporary refusals', async () => {
    let refusals = 2;
    await server.stop();
    server = await startMailServer({
      onRcptTo: (_to, _session, done) =>
        refusals-- > 0 ? done(Object.assign(new Error('later'), { responseCode: 451 })) : done(),
    });
    const id = await begunJob();
    const outbox = newOutbox();
    await secondsUntilMail(outbox, id, 60);
    clock.advance(600 * SECOND_MS);
    await outbox.deliver(id, NEVER);
    expect(server.received).toHaveLength(1);
    expect(await storage.jobs.notices(id)).toMatchObject([{ status: 'sent', attempts: 3 }]);
  });
});
