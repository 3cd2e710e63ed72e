import type { webApi } from '@slack/bolt';
import { ChatFailure } from '../../chat-failure.js';
import { slackFailure } from './slack-failure.js';

type WebClient = webApi.WebClient;

/** Deadline of a call: the client's own retries could hold a notice for half an hour. */
export const SLACK_CALL_WITHIN_MS = 10_000;

/** The options of every WebClient. */
export function slackClientOptions(slackApiUrl: string): webApi.WebClientOptions {
  return {
    slackApiUrl: `${slackApiUrl}/`,
    timeout: SLACK_CALL_WITHIN_MS,
    retryConfig: { retries: 0 },
    // The outbox and the edit queue schedule the next try; the client must not sleep during a call.
    rejectRateLimitedCalls: true,
  };
}

/** Slack's Web API with deadlines. Throws ChatFailure only. */
export class SlackApi {
  constructor(private readonly client: WebClient) {}

  /** Calls a method that changes something: without an answer it is unclear whether it did. */
  async change<T>(call: (client: WebClient) => Promise<T>, signal: AbortSignal): Promise<T> {
    // Check before the call: an unawaited call that fails would end the process.
    if (signal.aborted) throw new ChatFailure('later', 'aborted');
    try {
      return await untilAborted(call(this.client), signal);
    } catch (error) {
      throw slackFailure(error);
    }
  }

  /** Calls a method that is safe to repeat: a call without an answer counts as not made. */
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

/** The client cannot abort a call; the client's own deadline ends the abandoned call. */
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
