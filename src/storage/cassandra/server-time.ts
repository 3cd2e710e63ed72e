import cassandra from 'cassandra-driver';
import type { Clock } from '../../jobs/clock.port.js';

const SAMPLES = 8;
const STALE_AFTER_MS = 60_000;
/** Servers stamp conditional writes with whole milliseconds, rounded down. */
const SERVER_TICK_MS = 1;
const NOW = 'SELECT toUnixTimestamp(now()) AS server_now FROM system.local';

/** The source of the time: a Client of the driver. */
export interface TimeServer {
  execute(
    query: string,
    params: unknown[],
    options: object,
  ): Promise<{ first(): { get(column: string): unknown } }>;
}

/**
 * Stamps plain writes with the servers' time as seen from here: our processes' clocks, which may differ by
 * hours, decide nothing. A write gets its stamp before it is sent, so that a write that is sent twice, or
 * delayed in a hanging node, is still the same write when it arrives late.
 */
export class ServerTime extends cassandra.policies.timestampGeneration.MonotonicTimestampGenerator {
  private offsetMs: number | null = null;
  private anchoredAtMs = 0;
  private lastMicros = 0;
  private anchoring: Promise<void> | null = null;

  constructor(private readonly clock: Clock) {
    super(0, 0);
  }

  /** Whether to ask the servers for the time (again). */
  isStale(): boolean {
    return this.offsetMs === null || this.clock.monotonicMs() - this.anchoredAtMs > STALE_AFTER_MS;
  }

  /**
   * Asks the servers for the time, several times, since a slow response is less precise. Uses a time slightly
   * before the estimate: a stamp that is ahead would outlive later stamps of the servers. Concurrent writes
   * share one request: one for each of them would overload the servers.
   */
  anchor(client: TimeServer): Promise<void> {
    this.anchoring ??= this.ask(client).finally(() => (this.anchoring = null));
    return this.anchoring;
  }

  /** @returns microseconds since the epoch by the servers' clock, always greater than the last ones */
  override next(): number {
    const micros = Math.floor(((this.offsetMs ?? 0) + this.clock.monotonicMs()) * 1000);
    this.lastMicros = Math.max(micros, this.lastMicros + 1);
    return this.lastMicros;
  }

  private async ask(client: TimeServer): Promise<void> {
    let least = -Infinity;
    for (let i = 0; i < SAMPLES; i += 1) {
      const row = (await client.execute(NOW, [], { prepare: true, isIdempotent: true })).first();
      least = Math.max(least, Number(row.get('server_now')) - this.clock.monotonicMs());
    }
    this.offsetMs = least - SERVER_TICK_MS;
    this.anchoredAtMs = this.clock.monotonicMs();
  }
}
