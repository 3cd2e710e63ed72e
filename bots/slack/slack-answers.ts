import { Injectable, Logger } from '@nestjs/common';
import type { Reply } from '../reply.js';
import { CALL_WITHIN_MS, SlackApi } from './slack-api.js';
import { slackMessage } from './slack-blocks.js';

/** Where a personal answer can go. */
export interface AnswerPlace {
  readonly conversation: string;
  readonly user: string;
  /** Slack's address for answers: five times within 30 minutes; null where there is none. */
  readonly responseUrl: string | null;
}

/** Answers that only one person sees. */
@Injectable()
export class SlackAnswers {
  private readonly logger = new Logger(SlackAnswers.name);

  constructor(private readonly api: SlackApi) {}

  /** Answers by the first way that works; what works nowhere is logged, since nobody is left to be told. */
  async answer(place: AnswerPlace, reply: Reply): Promise<void> {
    const ways = [this.byUrl, this.inConversation, this.directly];
    let last: unknown = null;
    for (const way of ways) {
      try {
        if (await way.call(this, place, reply)) return;
      } catch (error) {
        last = error;
      }
    }
    this.logger.error({ err: last }, 'an answer could not be given in Slack');
  }

  /** @see https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  private async byUrl({ responseUrl }: AnswerPlace, reply: Reply): Promise<boolean> {
    if (responseUrl === null) return false;
    const body = { response_type: 'ephemeral', replace_original: false, ...slackMessage(reply) };
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(CALL_WITHIN_MS),
      redirect: 'error',
    });
    const text = await answer.text();
    // Slack says some refusals with status 200 and a body.
    return answer.ok && !text.includes('"ok":false') && !text.includes('_url');
  }

  private async inConversation({ conversation, user }: AnswerPlace, reply: Reply): Promise<boolean> {
    if (conversation === user) return false;
    const message = { channel: conversation, user, ...slackMessage(reply) };
    const signal = AbortSignal.timeout(CALL_WITHIN_MS);
    await this.api.ask((client) => client.chat.postEphemeral(message), signal);
    return true;
  }

  private async directly({ user }: AnswerPlace, reply: Reply): Promise<boolean> {
    const signal = AbortSignal.timeout(2 * CALL_WITHIN_MS);
    const { channel } = await this.api.ask((client) => client.conversations.open({ users: user }), signal);
    const message = { channel: channel?.id ?? user, ...slackMessage(reply), unfurl_links: false };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
    await this.api.change((client) => client.chat.postMessage(message), signal);
    return true;
  }
}
