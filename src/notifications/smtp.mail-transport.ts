import type { NodemailerError } from 'nodemailer/lib/errors';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import SMTPTransport from 'nodemailer/lib/smtp-transport';
import { Readable } from 'node:stream';
import { AppError } from '../jobs/app-error.js';
import { MailTransport, type RawMail } from './mail-transport.port.js';
import type { Delivery } from './notifier.port.js';
import { smtpOutcome } from './smtp-outcome.js';

/** How long each part of the conversation may take, in milliseconds. */
export interface SmtpDeadlines {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Longest silence of the server. */
  readonly silenceMs: number;
}

const DEADLINES: SmtpDeadlines = { connectMs: 5000, greetingMs: 8000, silenceMs: 30_000 };
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/;

/** Hands mails to an SMTP server, one conversation a mail: STARTTLS where offered, LOGIN where asked. */
export class SmtpMailTransport extends MailTransport {
  private readonly server: SMTPTransport;
  private readonly options: SMTPConnectionOptions;

  /** @param smtpUrl `smtp[s]://user:password@host:port`; more as parameters, e.g. `?requireTLS=true` */
  constructor(smtpUrl: string, deadlines: SmtpDeadlines = DEADLINES) {
    super();
    this.server = new SMTPTransport(smtpUrl);
    this.options = {
      ...defaultsFor(this.server),
      ...this.server.options,
      connectionTimeout: deadlines.connectMs,
      greetingTimeout: deadlines.greetingMs,
      socketTimeout: deadlines.silenceMs,
      dnsTimeout: deadlines.connectMs,
      socketCloseTimeout: 1000,
    };
  }

  override async send(mail: RawMail, attempt: number, signal: AbortSignal): Promise<Delivery> {
    let isHandedOver = false;
    const content = new Readable({
      // Read for the first time when the server has said that it takes the message.
      read() {
        isHandedOver = true;
        this.push(mail.bytes);
        this.push(null);
      },
    });
    try {
      await this.converse(signal, (connection, done) =>
        connection.send({ from: mail.from, to: [mail.to] }, content, done),
      );
      return { status: 'sent' };
    } catch (error) {
      return smtpOutcome(isNodemailerError(error) ? error : new Error(String(error)), isHandedOver, attempt);
    } finally {
      content.destroy();
    }
  }

  override async ping(signal: AbortSignal): Promise<void> {
    try {
      await this.converse(signal, (_connection, done) => done(null));
    } catch (error) {
      throw new AppError('mail.temporary', {}, error);
    }
  }

  /** Connects, logs in, does `step` and takes leave; the connection is closed on every path. */
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

/** A password is not sent in the clear over a network, unless the operator says so in the URL. */
function defaultsFor({ options, auth }: SMTPTransport): SMTPConnectionOptions {
  const isLocal = LOOPBACK.test(options.host ?? 'localhost');
  return { requireTLS: Boolean(auth) && options.secure !== true && !isLocal };
}

function promised(part: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    part((error) => (error ? reject(error) : resolve()));
  });
}

/** Rejects when the connection fails or `signal` aborts, at whatever point of the conversation. */
function breakOf(connection: SMTPConnection, signal: AbortSignal): Promise<never> {
  const broken = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('The connection was closed')));
    signal.addEventListener('abort', () => reject(abortError(signal)), { once: true });
  });
  // It may also break when nobody waits any more, e.g. while taking leave.
  broken.catch(() => null);
  return broken;
}

/** Not by instanceof: an error of a socket is of another realm where code runs in a vm, as in Jest. */
function isNodemailerError(error: unknown): error is NodemailerError {
  return typeof error === 'object' && error !== null && 'message' in error;
}

function abortError(signal: AbortSignal): Error {
  return new Error('The conversation was broken off', { cause: signal.reason });
}
