import { Readable } from 'node:stream';
import type { MaySend } from '../notifier.port.js';

/**
 * A message that is claimed at the last moment: when the server has accepted it and begins to read, and then
 * only if it still may leave.
 */
export class LazyMessage {
  /** First read when the server waits for the message; fails if the message is kept back. */
  readonly content: Readable;
  private isAsked = false;
  private mayGo: boolean | null = null;

  constructor(
    private readonly bytes: Buffer,
    private readonly maySend: MaySend,
  ) {
    this.content = new Readable({ read: () => this.begin() });
  }

  /** Whether the server may have received anything of the message. */
  get hasBegun(): boolean {
    return this.mayGo === true;
  }

  /** Whether the message was kept back. */
  get isKeptBack(): boolean {
    return this.mayGo === false;
  }

  private begin(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    this.maySend().then(
      (mayGo) => this.goOn(mayGo),
      // Wrapped, because nodemailer writes its codes into the error that breaks off a conversation.
      (cause: unknown) => this.content.destroy(new Error('Nobody knows whether it may leave', { cause })),
    );
  }

  private goOn(mayGo: boolean): void {
    // The conversation may have broken off meanwhile.
    if (this.content.destroyed) return;
    this.mayGo = mayGo;
    if (!mayGo) return void this.content.destroy(new Error('The message was kept back'));
    this.content.push(this.bytes);
    this.content.push(null);
  }
}
