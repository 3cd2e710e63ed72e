import { randomUUID } from 'node:crypto';
import type { REST, RequestData } from 'discord.js';
import { ChatFailure } from '../../chat-failure.js';
import { discordFailure } from './discord-failure.js';
import { CALL_HEADER, type DiscordTransport } from './discord-transport.js';

/** Deadline of a call, in milliseconds. */
export const DISCORD_CALL_WITHIN_MS = 10_000;

/** A call, with the options that every request needs. */
type Call = (rest: REST, common: Pick<RequestData, 'signal' | 'headers'>) => Promise<unknown>;

/** Discord's REST API with deadlines. Throws ChatFailure only. */
export class DiscordApi {
  /** @param rest made without retries, and to reject instead of waiting for a rate limit */
  constructor(
    private readonly rest: REST,
    private readonly transport: Pick<DiscordTransport, 'hasBegun'>,
    private readonly token: string,
  ) {}

  /** Calls a route that changes something: without an answer it is unclear whether it did. */
  async change(call: Call, signal: AbortSignal): Promise<unknown> {
    const id = randomUUID();
    const within = AbortSignal.any([signal, AbortSignal.timeout(DISCORD_CALL_WITHIN_MS)]);
    // The client forgets its token after one 401 and would refuse every later call.
    this.rest.setToken(this.token);
    try {
      return await call(this.rest, { signal: within, headers: { [CALL_HEADER]: id } });
    } catch (error) {
      const failure = discordFailure(error);
      const isUnsent = !this.transport.hasBegun(id) && failure.kind === 'unclear';
      throw isUnsent ? new ChatFailure('later', 'not_sent', null, error) : failure;
    } finally {
      this.transport.hasBegun(id);
    }
  }

  /** Calls a route that is safe to repeat: a call without an answer counts as not made. */
  async ask(call: Call, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.change(call, signal);
    } catch (error) {
      const failure = discordFailure(error);
      if (failure.kind !== 'unclear') throw failure;
      throw new ChatFailure('later', failure.detail, null, failure);
    }
  }
}

/** A text field of an answer. @throws ChatFailure `unclear` if the field is missing */
export function idIn(answer: unknown, name: string): string {
  const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : null;
  if (typeof value === 'string' && value !== '') return value;
  throw new ChatFailure('unclear', `no_${name}`);
}
