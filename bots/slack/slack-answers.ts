import { Logger } from '@nestjs/common';
import type { Clock } from '../../src/jobs/clock.port.js';
import { answerWaitMs } from '../conversation/answer-waits.js';
import { ChatFailure } from '../chat-failure.js';
import type { MessageRef } from '../chat-platform.port.js';
import { pauseOrStop } from '../../src/jobs/timing/pause.js';
import type { Reply } from '../conversation/reply.js';
import { SLACK_CALL_WITHIN_MS, type SlackApi } from './api/slack-api.js';
import { slackMessage } from './api/slack-message.js';

/** Shorter than usual, since there are other ways to answer. */
const BY_URL_WITHIN_MS = 4000;
/** Slack's response addresses are valid this long. */
const ANSWERED_WITHIN_MS = 1_800_000;

/** Targets for a personal answer. */
export interface SlackAnswerPlace {
  readonly conversation: string;
  readonly user: string;
  /** Slack's response address, good for five answers within 30 minutes; null: none. */
  readonly responseUrl: string | null;
}

/** A message with a button that was pressed. */
export interface PressedMessage extends MessageRef {
  /** Ids of our pictures in the message. */
  readonly fileIds: readonly string[];
}

/** Sends answers that only one person sees. */
export class SlackAnswers {
  private readonly logger = new Logger(SlackAnswers.name);

  constructor(
    private readonly api: SlackApi,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Answers by the first way that works, and tries again while Slack is in trouble. Logs an answer that
   * cannot be given in any way.
   */
  async answer(place: SlackAnswerPlace, reply: Reply): Promise<void> {
    const latestMs = this.clock.monotonicMs() + ANSWERED_WITHIN_MS;
    let failures = await this.tryEveryWay(place, reply);
    for (let tried = 1; failures.some(isPassing) && this.clock.monotonicMs() < latestMs; tried += 1) {
      const waitMs = answerWaitMs(tried, Math.max(...failures.map(retryAfterMs)));
      if (!(await pauseOrStop(waitMs, this.stopping))) break;
      failures = await this.tryEveryWay(place, reply);
    }
    if (failures.length > 0)
      this.logger.error({ err: failures.at(-1) }, 'an answer could not be given in Slack');
  }

  /** Replaces one of our messages and deletes its pictures. Never fails. */
  async replace({ conversation, message, fileIds }: PressedMessage, reply: Reply): Promise<void> {
    const signal = AbortSignal.timeout(2 * SLACK_CALL_WITHIN_MS);
    try {
      const changed = { channel: conversation, ts: message, ...slackMessage(reply) };
      await this.api.ask((client) => client.chat.update(changed), signal);
      for (const file of fileIds) await this.api.ask((client) => client.files.delete({ file }), signal);
    } catch (error) {
      this.logger.warn({ err: error }, 'a message could not be replaced in Slack');
    }
  }

  /** @returns the failures; empty: the answer was given */
  private async tryEveryWay(place: SlackAnswerPlace, reply: Reply): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (const way of [this.byUrl, this.inConversation, this.directly]) {
      try {
        if (await way.call(this, place, reply)) return [];
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }

  /** @see https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  private async byUrl({ responseUrl }: SlackAnswerPlace, reply: Reply): Promise<boolean> {
    if (responseUrl === null) return false;
    const body = { response_type: 'ephemeral', replace_original: false, ...slackMessage(reply) };
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(BY_URL_WITHIN_MS),
      redirect: 'error',
    });
    const text = await answer.text();
    if (answer.status === 429 || answer.status >= 500) throw passing(answer);
    // Some refusals come with status 200 and a body.
    return answer.ok && !text.includes('"ok":false') && !text.includes('_url');
  }

  private async inConversation({ conversation, user }: SlackAnswerPlace, reply: Reply): Promise<boolean> {
    if (conversation === user) return false;
    const message = { channel: conversation, user, ...slackMessage(reply) };
    const signal = AbortSignal.timeout(SLACK_CALL_WITHIN_MS);
    await this.api.ask((client) => client.chat.postEphemeral(message), signal);
    return true;
  }

  private async directly({ user }: SlackAnswerPlace, reply: Reply): Promise<boolean> {
    const signal = AbortSignal.timeout(2 * SLACK_CALL_WITHIN_MS);
    const { channel } = await this.api.ask((client) => client.conversations.open({ users: user }), signal);
    const message = { channel: channel?.id ?? user, ...slackMessage(reply), unfurl_links: false };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
    await this.api.change((client) => client.chat.postMessage(message), signal);
    return true;
  }
}

function passing({ status, headers }: Response): ChatFailure {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return new ChatFailure('later', `http_${status}`, Number.isFinite(seconds) ? seconds * 1000 : null);
}

/** Whether a later try may work. Repeats an answer that may have been given: twice is better than never. */
function isPassing(failure: unknown): boolean {
  return !(failure instanceof ChatFailure) || failure.kind === 'later' || failure.kind === 'unclear';
}

function retryAfterMs(failure: unknown): number {
  return failure instanceof ChatFailure ? (failure.retryAfterMs ?? 0) : 0;
}
