import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { EngineCanary } from './engine-canary.js';
import type { ImageSource } from './image-source.port.js';
import { IMAGE_SOURCES } from './image-sources.js';

/** The longest time between two checks for due searches. */
const ROUND_MS = 60_000;

/** Lets the canary search every engine in use, one after another, every `CANARY_INTERVAL`. */
@Injectable()
export class CanarySchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CanarySchedule.name);
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly canary: EngineCanary,
    @Inject(IMAGE_SOURCES) private readonly sources: readonly ImageSource[],
    @Inject(SETTINGS_TOKEN)
    private readonly settings: Pick<Settings, 'canaryIntervalMs' | 'engines' | 'roles'>,
  ) {}

  onApplicationBootstrap(): void {
    const { canaryIntervalMs, roles } = this.settings;
    if (canaryIntervalMs !== null && roles.includes('worker'))
      this.begin(Math.min(canaryIntervalMs, ROUND_MS));
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.stop.abort();
    await this.round;
  }

  private begin(everyMs: number): void {
    this.round = this.lookAround().then(() => {
      if (this.stop.signal.aborted) return;
      this.timer = setTimeout(() => this.begin(everyMs), everyMs);
      this.timer.unref();
    });
  }

  private async lookAround(): Promise<void> {
    for (const name of this.settings.engines) {
      const source = this.sources.find((candidate) => candidate.name === name);
      if (source === undefined || this.stop.signal.aborted) continue;
      try {
        await this.canary.lookWhenDue(source, this.stop.signal);
      } catch (error) {
        if (!this.stop.signal.aborted) this.logger.warn({ err: error, engine: name }, 'no look was possible');
      }
    }
  }
}
