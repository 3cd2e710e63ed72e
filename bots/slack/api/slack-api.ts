import type { webApi } from '@slack/bolt';
import { ChatFailure } from '../../chat-failure.js';
import { slackFailure } from './slack-failure.js';

type WebClient = webApi.WebClient;

/** Longest a call may take: the client's own retries could hold a notice for half an hour. */
export const SLACK_CALL_WITHIN_MS = 10_000;

/** How every WebClient of ours is made. */
export function slackClientOptions(slackApiUrl: string): webApi.WebClientOptions {
  return {
    slackApiUrl: `${slackApiUrl}/`,
    timeout: SLACK_CALL_WITHIN_MS,
    retryConfig: { retries: 0 },
    // The outbox and the edit queue know better when to come back than a client that sleeps with the call.
    rejectRateLimitedCalls: true,
  };
}

/** Slack's Web API with deadlines, throwing ChatFailure only. */
export class SlackApi {
  constructor(private readonly client: WebClient) {}

  /** Calls a method that changes something: no answer leaves open whether it has. */
  async change<T>(call: (client: WebClient) => Promise<T>, signal: AbortSignal): Promise<T> {
    // Before the call: one that nobody waits for any more may fail unheard, which ends the process.
    if (signal.aborted) throw new ChatFailure('later', 'aborted');
    try {
      return await untilAborted(call(this.client), signal);
    } catch (error) {
      throw slackFailure(error);
    }
  }

  /** Calls a method that may be repeated: no answer is the same as not called. */
  async ask<T>(call: (client: WebClient) => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await this.change(call, signal);
    } catch (error) {
      const failure = slackFailure(error);
      if (failure.kind !== 'unclear') throw failure;
      throw new ChatFailure('later', failure.detail, null, failure);
    }
  }
}

/** The client cannot be aborted; its own deadline ends what is left behind. */
async function untilAborted<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new ChatFailure('unclear', 'aborted'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([call, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
