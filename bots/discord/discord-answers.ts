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

/** As long as the token of an interaction is good. */
const ANSWERED_WITHIN_MS = 900_000;

/** Where a personal answer goes. */
export interface DiscordAnswerPlace {
  readonly applicationId: string;
  readonly token: string;
  readonly interactionId: string;
  readonly user: string;
}

/** What is said to one person. */
export interface DiscordAnswer {
  readonly reply: Reply;
  /** The id of a button that opens the form again; null: no such button. */
  readonly correctId: string | null;
}

/** Fills in acknowledged interactions, which only the person who asked sees. */
export class DiscordAnswers {
  private readonly logger = new Logger(DiscordAnswers.name);

  constructor(
    private readonly api: DiscordApi,
    private readonly platform: Pick<ChatPlatform, 'direct' | 'post'>,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Answers in the interaction, again and again while Discord is in trouble, and directly once its token has
   * died, after 15 minutes. Never fails: what can be said nowhere is logged, since nobody is left to be told.
   */
  async answer(place: DiscordAnswerPlace, answer: DiscordAnswer): Promise<void> {
    try {
      const isTold = await this.inInteraction(place, answer);
      if (!isTold) await this.directly(place, answer);
    } catch (error) {
      this.logger.error({ err: error }, 'an answer could not be given in Discord');
    }
  }

  /** @returns whether it was told; false: the token has died */
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

  /** Editing twice does no harm, so what is unclear is repeated too. */
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
