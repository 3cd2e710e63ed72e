import type { ChatChannel } from '../src/jobs/channels.js';
import type { Reply } from './conversation/reply.js';

/** A sent message: its conversation, and its id there. */
export interface MessageRef {
  readonly conversation: string;
  readonly message: string;
}

/** The parts of a message besides its text. */
export interface MessageExtras {
  /** A UUID of the message; platforms that support it post the same UUID only once. */
  readonly nonce: string;
  /** A JPEG to show with it. */
  readonly picture: Buffer | null;
}

/** A chat platform for notices and progress. Every call has a deadline and throws ChatFailure only. */
export abstract class ChatPlatform {
  abstract readonly channel: ChatChannel;

  /** Minimum time between two edits of any messages, in milliseconds. */
  abstract readonly editEveryMs: number;

  /**
   * Minimum time between two messages of one conversation after the platform refused one, in milliseconds.
   */
  abstract readonly postEveryMs: number;

  /** Resolves if the platform can be reached and accepts our token. */
  abstract ping(signal: AbortSignal): Promise<void>;

  /** Posts a message that everybody in the conversation sees. */
  abstract post(
    conversation: string,
    reply: Reply,
    extras: MessageExtras,
    signal: AbortSignal,
  ): Promise<MessageRef>;

  /** Replaces one of our messages. Safe to repeat. */
  abstract edit(ref: MessageRef, reply: Reply, signal: AbortSignal): Promise<void>;

  /** @returns the direct conversation with a person */
  abstract direct(user: string, signal: AbortSignal): Promise<string>;
}
