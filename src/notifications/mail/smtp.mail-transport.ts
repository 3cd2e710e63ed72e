import { hostname } from 'node:os';
import type { NodemailerError } from 'nodemailer/lib/errors';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import SMTPTransport from 'nodemailer/lib/smtp-transport';
import { AppError } from '../../jobs/app-error.js';
import { asciiDomain } from './ascii-domain.js';
import { LazyMessage } from './lazy-message.js';
import { MailTransport, type RawMail } from './mail-transport.port.js';
import type { Delivery, MaySend } from '../notifier.port.js';
import { smtpOutcome } from './smtp-outcome.js';

/** Deadlines of the parts of a conversation, in milliseconds. */
export interface SmtpDeadlines {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Maximum silence of the server. */
  readonly silenceMs: number;
}

const DEADLINES: SmtpDeadlines = { connectMs: 5000, greetingMs: 8000, silenceMs: 30_000 };
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/;

/** Hands mails to an SMTP server, one conversation for each: STARTTLS if offered, login if asked. */
export class SmtpMailTransport extends MailTransport {
  private readonly server: SMTPTransport;
  private readonly options: SMTPConnectionOptions;

  /**
   * @param smtpUrl `smtp[s]://user:password@host:port`, with options as parameters, e.g. `?requireTLS=true`
   */
  constructor(smtpUrl: string, deadlines: SmtpDeadlines = DEADLINES) {
    super();
    this.server = new SMTPTransport(smtpUrl);
    this.options = {
      ...defaultsFor(this.server),
      ...this.server.options,
      ...greetingOf(this.server.options.name ?? hostname()),
      connectionTimeout: deadlines.connectMs,
      greetingTimeout: deadlines.greetingMs,
      socketTimeout: deadlines.silenceMs,
      dnsTimeout: deadlines.connectMs,
      socketCloseTimeout: 1000,
    };
  }

  override async send(
    mail: RawMail,
    attempt: number,
    maySend: MaySend,
    signal: AbortSignal,
  ): Promise<Delivery> {
    const handOver = new LazyMessage(mail.bytes, maySend);
    try {
      await this.converse(signal, (connection, done) => {
        handOver.content.once('error', done);
        connection.send({ from: mail.from, to: [mail.to] }, handOver.content, done);
      });
      return { status: 'sent' };
    } catch (error) {
      if (handOver.isKeptBack) return { status: 'kept_back' };
      const failure = isNodemailerError(error) ? error : new Error(String(error));
      return smtpOutcome(failure, handOver.hasBegun, attempt);
    } finally {
      handOver.content.destroy();
    }
  }

  override async ping(signal: AbortSignal): Promise<void> {
    try {
      await this.converse(signal, (_connection, done) => done(null));
    } catch (error) {
      throw new AppError('mail.temporary', {}, error);
    }
  }

  /** Connects, logs in, runs `step` and quits; closes the connection on every path. */
  private async converse(signal: AbortSignal, step: Step): Promise<void> {
    signal.throwIfAborted();
    const connection = new SMTPConnection(this.options);
    const broken = breakOf(connection, signal);
    const during = (part: (done: Done) => void): Promise<void> => Promise.race([broken, promised(part)]);
    try {
      await during((done) => connection.connect(done));
      const auth = this.server.auth;
      if (auth && connection.allowsAuth) await during((done) => connection.login(auth, done));
      await during((done) => step(connection, done));
      connection.quit();
    } catch (error) {
      connection.close();
      throw error;
    }
  }
}

type Done = (error?: Error | null) => void;
type Step = (connection: SMTPConnection, done: Done) => void;

/** The ASCII form of this machine's name for the greeting: SMTP conversations must be ASCII. */
function greetingOf(name: string): SMTPConnectionOptions {
  const ascii = asciiDomain(name);
  return ascii === name ? {} : { name: ascii || '[127.0.0.1]' };
}

/** Passwords are not sent unencrypted over a network unless the URL says so. */
function defaultsFor({ options, auth }: SMTPTransport): SMTPConnectionOptions {
  const isLocal = LOOPBACK.test(options.host ?? 'localhost');
  return { requireTLS: Boolean(auth) && options.secure !== true && !isLocal };
}

function promised(part: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    part((error) => (error ? reject(error) : resolve()));
  });
}

/** Rejects if the connection fails or `signal` aborts at any point of the conversation. */
function breakOf(connection: SMTPConnection, signal: AbortSignal): Promise<never> {
  const broken = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('The connection was closed')));
    signal.addEventListener('abort', () => reject(abortError(signal)), { once: true });
  });
  // The connection may also break when nothing awaits it, e.g. while quitting.
  broken.catch(() => null);
  return broken;
}

/** Without instanceof: the error of a socket belongs to another realm if code runs in a vm, as in Jest. */
function isNodemailerError(error: unknown): error is NodemailerError {
  return typeof error === 'object' && error !== null && 'message' in error;
}

function abortError(signal: AbortSignal): Error {
  return new Error('The conversation was broken off', { cause: signal.reason });
}
