import PostalMime from 'postal-mime';
import type { SMTPServerOptions } from 'smtp-server';
import { type MailServer, startMailServer } from './smtp-replica.ts';

/** Points of an SMTP conversation at which a test may intervene. */
export type MailStep = 'before-data' | 'before-reply' | 'after-reply';

/** A completely received mail. */
export interface CaughtMail {
  readonly to: string;
  readonly slot: 'start' | 'end' | 'error';
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

/** A real SMTP server that stores mails, can be closed for a while, and calls the test at each step. */
export class MailCatcher {
  readonly mails: CaughtMail[] = [];
  /** Runs at each step; the conversation continues when it settles. */
  atStep: (step: MailStep, to: string) => void | Promise<void> = () => undefined;
  readonly #options: SMTPServerOptions = {
    onRcptTo: (to, _session, done) => void this.#step('before-data', to.address, done),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        void this.#take(to, Buffer.concat(chunks), done);
      });
    },
  };
  #server: MailServer | null = null;
  #port = 0;

  /** Starts to listen, the first time on a free port, later on the same one. */
  async open(): Promise<void> {
    this.#server = await startMailServer(this.#options, this.#port);
    this.#port = this.#server.port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** Stops listening and cuts all connections. */
  async close(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  /** Mails to one recipient, oldest first. */
  of(to: string): CaughtMail[] {
    return this.mails.filter((mail) => mail.to === to);
  }

  async #take(to: string, raw: Buffer, done: (error?: Error | null) => void): Promise<void> {
    const { subject = '', messageId = '', text = '' } = await PostalMime.parse(raw);
    this.mails.push({ to, slot: slotOf(subject), messageId, subject, text });
    await this.atStep('before-reply', to);
    done();
    await this.atStep('after-reply', to);
  }

  async #step(step: MailStep, to: string, done: () => void): Promise<void> {
    await this.atStep(step, to);
    done();
  }
}

function slotOf(subject: string): CaughtMail['slot'] {
  if (subject.startsWith('Collecting')) return 'start';
  return subject.startsWith('No images') ? 'error' : 'end';
}
