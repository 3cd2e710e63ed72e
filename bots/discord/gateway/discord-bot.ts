import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Notifier } from '../../../src/notifications/notifier.port.js';
import type { JobFollower } from '../../notices/job-follower.js';
import type { DiscordDoor } from './discord-door.js';
import type { DiscordGateway } from './discord-gateway.js';

/** How long what was asked last may take when the service stops, in milliseconds. */
const FINISH_WITHIN_MS = 3000;

/** What works only in processes with the role `bots`. */
export interface OpenDoor {
  readonly gateway: DiscordGateway;
  readonly door: DiscordDoor;
  readonly follower: JobFollower;
  readonly stopping: AbortController;
}

/** Discord, as the service uses it. */
export class DiscordBot implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** @param openDoor null in processes that only send notices */
  constructor(
    readonly notifier: Notifier,
    private readonly openDoor: OpenDoor | null,
  ) {}

  onApplicationBootstrap(): void {
    this.openDoor?.gateway.start();
    this.openDoor?.follower.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.openDoor === null) return;
    const { gateway, door, follower, stopping } = this.openDoor;
    const timer = setTimeout(() => stopping.abort(), FINISH_WITHIN_MS);
    await Promise.all([gateway.stop(), follower.stop()]);
    await door.idle();
    clearTimeout(timer);
    stopping.abort();
  }
}
