import type { ChatChannel } from '../src/jobs/channels.js';
import type { Reply } from './conversation/reply.js';

/** A message that was sent: where, and its id there. */
export interface MessageRef {
  readonly conversation: string;
  readonly message: string;
}

/** What makes one message different from others with the same text. */
export interface MessageExtras {
  /** Names the message, so that a platform that can tell posts it only once: a UUID. */
  readonly nonce: string;
  /** A JPEG to show with it. */
  readonly picture: Buffer | null;
}

/** One chat platform, as notices and progress use it. Every call has a deadline and throws ChatFailure only. */
export abstract class ChatPlatform {
  abstract readonly channel: ChatChannel;

  /** Shortest time between two edits, all messages together, in milliseconds. */
  abstract readonly editEveryMs: number;

  /** Shortest time between two messages of one conversation once there were too many, in milliseconds. */
  abstract readonly postEveryMs: number;

  /** Answers when the platform can be reached and knows us. */
  abstract ping(signal: AbortSignal): Promise<void>;

  /** Posts a message that everybody in the conversation sees. */
  abstract post(
    conversation: string,
    reply: Reply,
    extras: MessageExtras,
    signal: AbortSignal,
  ): Promise<MessageRef>;

  /** Replaces a message of ours. Repeating it does no harm. */
  abstract edit(ref: MessageRef, reply: Reply, signal: AbortSignal): Promise<void>;

  /** @returns the conversation with one person alone */
  abstract direct(user: string, signal: AbortSignal): Promise<string>;
}
