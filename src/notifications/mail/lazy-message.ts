import { Readable } from 'node:stream';
import type { MaySend } from '../notifier.port.js';

/**
 * A message that leaves at the last moment: when the server has said that it takes it and begins to read, and
 * then only if it still may.
 */
export class LazyMessage {
  /** Read for the first time when the server waits for the message; fails where it is not to leave. */
  readonly content: Readable;
  private isAsked = false;
  private mayGo: boolean | null = null;

  constructor(
    private readonly bytes: Buffer,
    private readonly mayLeave: MaySend,
  ) {
    this.content = new Readable({ read: () => this.begin() });
  }

  /** Whether the server may have received anything of the message. */
  get hasBegun(): boolean {
    return this.mayGo === true;
  }

  /** Whether the message was not to leave. */
  get isKeptBack(): boolean {
    return this.mayGo === false;
  }

  private begin(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    this.mayLeave().then(
      (mayGo) => this.goOn(mayGo),
      // In an error of its own: the conversation writes codes of its own into what breaks it off.
      (cause: unknown) => this.content.destroy(new Error('Nobody knows whether it may leave', { cause })),
    );
  }

  private goOn(mayGo: boolean): void {
    // The conversation may have broken off while it was asked: then nothing goes any more.
    if (this.content.destroyed) return;
    this.mayGo = mayGo;
    if (!mayGo) return void this.content.destroy(new Error('The message was kept back'));
    this.content.push(this.bytes);
    this.content.push(null);
  }
}
