import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import type { EngineName } from '../engines/engines.js';
import { Clock } from '../jobs/clock.port.js';
import { pause } from '../jobs/timing/pause.js';

/** Spaces the first pages of the searches at one engine by SEARCH_PAUSE, over all jobs of this process. */
@Injectable()
export class SearchPace {
  /** When the next search may begin, by the monotonic clock. */
  private readonly nextAtMs = new Map<EngineName, number>();

  constructor(
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'searchPauseMs'>,
  ) {}

  /** Waits for the turn of a search, in the order of the calls. @throws the reason of `signal` if it aborts first */
  async turn(engine: EngineName, signal: AbortSignal): Promise<void> {
    const nowMs = this.clock.monotonicMs();
    const atMs = Math.max(nowMs, this.nextAtMs.get(engine) ?? 0);
    this.nextAtMs.set(engine, atMs + this.settings.searchPauseMs);
    if (atMs > nowMs) await pause(atMs - nowMs, signal);
  }
}
