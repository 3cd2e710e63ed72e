import { Logger } from '@nestjs/common';
import { Routes } from 'discord.js';
import { backoffMs } from '../../../src/jobs/timing/backoff.js';
import { pauseOrStop } from '../../../src/jobs/timing/pause.js';
import type { DiscordApi } from './discord-api.js';
import { discordFailure } from './discord-failure.js';
import { isSameCommand } from './same-command.js';

const FIRST_WAIT_MS = 2000;
const MAX_WAIT_MS = 300_000;

/** The scope of a registration. */
export interface CommandPlace {
  readonly applicationId: string;
  /** The only server that gets the commands, for development; null: all servers. */
  readonly guildId: string | null;
}

/** Registers commands unless the same commands are registered: Discord allows 200 new commands a day. */
export class CommandRegistration {
  private readonly logger = new Logger(CommandRegistration.name);
  private isDone = false;

  constructor(
    private readonly api: DiscordApi,
    private readonly commands: readonly object[],
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Registers once in this process, and tries again while Discord is in trouble. Never fails: logs a refusal.
   */
  async register(place: CommandPlace): Promise<void> {
    for (let tried = 0; !this.isDone && !this.stopping.aborted; tried += 1) {
      try {
        await this.registerNow(place);
      } catch (error) {
        const { kind, retryAfterMs } = discordFailure(error);
        const isPassing = kind === 'later' || kind === 'unclear';
        this.logger.warn({ err: error }, 'the Discord commands could not be registered');
        if (!isPassing) return;
        const waitMs = Math.min(
          MAX_WAIT_MS,
          retryAfterMs ?? backoffMs(tried + 1, { firstMs: FIRST_WAIT_MS }),
        );
        await pauseOrStop(waitMs, this.stopping);
      }
    }
  }

  private async registerNow({ applicationId, guildId }: CommandPlace): Promise<void> {
    const route =
      guildId === null
        ? Routes.applicationCommands(applicationId)
        : Routes.applicationGuildCommands(applicationId, guildId);
    const there = await this.api.ask((rest, common) => rest.get(route, common), this.stopping);
    if (!this.isThere(there)) {
      const body = this.commands;
      await this.api.ask((rest, common) => rest.put(route, { ...common, body }), this.stopping);
      this.logger.log('the Discord commands have been registered');
    }
    this.isDone = true;
  }

  private isThere(registered: unknown): boolean {
    if (!Array.isArray(registered) || registered.length !== this.commands.length) return false;
    return this.commands.every((command) =>
      registered.some(
        (one: unknown) => typeof one === 'object' && one !== null && isSameCommand(command, one),
      ),
    );
  }
}
