import { Logger } from '@nestjs/common';
import { Routes, RESTJSONErrorCodes as Code } from 'discord.js';
import type { Clock } from '../../src/jobs/clock.port.js';
import { pause } from '../../src/jobs/timing/pause.js';
import { answerWaitMs } from '../conversation/answer-waits.js';
import type { ChatFailure } from '../chat-failure.js';
import type { ChatPlatform } from '../chat-platform.port.js';
import type { Reply } from '../conversation/reply.js';
import type { DiscordApi } from './api/discord-api.js';
import { discordFailure, isAboutExtras } from './api/discord-failure.js';
import { correctButton, discordMessage, withoutLinkButtons } from './api/discord-message.js';

/** The token of an interaction is valid this long. */
const ANSWERED_WITHIN_MS = 900_000;

/** The target of a personal answer. */
export interface DiscordAnswerPlace {
  readonly applicationId: string;
  readonly token: string;
  readonly interactionId: string;
  readonly user: string;
}

/** An answer that only one person sees. */
export interface DiscordAnswer {
  readonly reply: Reply;
  /** The id of a button that opens the form again; null: no button. */
  readonly correctId: string | null;
}

/** Fills in the answers of acknowledged interactions, which only the asker sees. */
export class DiscordAnswers {
  private readonly logger = new Logger(DiscordAnswers.name);

  constructor(
    private readonly api: DiscordApi,
    private readonly platform: Pick<ChatPlatform, 'direct' | 'post'>,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Answers in the interaction, and tries again while Discord is in trouble. After the token has expired (15
   * minutes), answers in the direct conversation. Never fails: logs an answer that cannot be given.
   */
  async answer(place: DiscordAnswerPlace, answer: DiscordAnswer): Promise<void> {
    try {
      const isTold = await this.inInteraction(place, answer);
      if (!isTold) await this.directly(place, answer);
    } catch (error) {
      this.logger.error({ err: error }, 'an answer could not be given in Discord');
    }
  }

  /** @returns whether the answer was given; false: the token has expired */
  private async inInteraction(place: DiscordAnswerPlace, answer: DiscordAnswer): Promise<boolean> {
    const latestMs = this.clock.monotonicMs() + ANSWERED_WITHIN_MS;
    let current = answer;
    for (let tried = 1; ; tried += 1) {
      try {
        await this.edit(place, current);
        return true;
      } catch (error) {
        const failure = discordFailure(error);
        if (isDead(failure)) return false;
        const plainer = { ...answer, reply: withoutLinkButtons(answer.reply) };
        if (isAboutExtras(failure) && current === answer) current = plainer;
        else if (failure.kind !== 'later') throw failure;
        else if (this.clock.monotonicMs() >= latestMs) return false;
        else await pause(answerWaitMs(tried, failure.retryAfterMs), this.stopping);
      }
    }
  }

  /** An edit is safe to repeat, so `ask` is used, which repeats unclear calls too. */
  private async edit(
    { applicationId, token }: DiscordAnswerPlace,
    { reply, correctId }: DiscordAnswer,
  ): Promise<void> {
    const route = Routes.webhookMessage(applicationId, token);
    const body = discordMessage(reply, correctId === null ? [] : [correctButton(correctId)]);
    await this.api.ask((rest, common) => rest.patch(route, { ...common, body, auth: false }), this.stopping);
  }

  private async directly(
    { user, interactionId }: DiscordAnswerPlace,
    { reply }: DiscordAnswer,
  ): Promise<void> {
    const conversation = await this.platform.direct(user, this.stopping);
    await this.platform.post(conversation, reply, { nonce: interactionId, picture: null }, this.stopping);
  }
}

const DEAD = [Code.UnknownWebhook, Code.InvalidWebhookToken, Code.UnknownInteraction, Code.UnknownMessage];

function isDead({ detail }: ChatFailure): boolean {
  return DEAD.some((code) => detail === `discord_${code}`) || detail === 'http_401' || detail === 'http_404';
}
