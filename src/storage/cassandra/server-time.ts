import cassandra from 'cassandra-driver';
import type { Clock } from '../../jobs/clock.port.js';

const SAMPLES = 8;
const STALE_AFTER_MS = 60_000;
/** The servers round the timestamps of conditional writes down to whole milliseconds. */
const SERVER_TICK_MS = 1;
const NOW = 'SELECT toUnixTimestamp(now()) AS server_now FROM system.local';

/** The part of the driver's Client that asks for the time. */
export interface TimeServer {
  execute(
    query: string,
    params: unknown[],
    options: object,
  ): Promise<{ first(): { get(column: string): unknown } }>;
}

/**
 * Generates the timestamps of plain writes from an estimate of the servers' time. The wall clocks of our
 * processes may differ by hours, so they decide nothing. A timestamp is fixed before sending, so a write that
 * is sent twice, or delayed by a hanging node, is still the same write.
 */
export class ServerTime extends cassandra.policies.timestampGeneration.MonotonicTimestampGenerator {
  private offsetMs: number | null = null;
  private anchoredAtMs = 0;
  private lastMicros = 0;
  private anchoring: Promise<void> | null = null;

  constructor(private readonly clock: Clock) {
    super(0, 0);
  }

  /** @returns whether to ask the servers for the time (again) */
  isStale(): boolean {
    return this.offsetMs === null || this.clock.monotonicMs() - this.anchoredAtMs > STALE_AFTER_MS;
  }

  /**
   * Asks the servers for the time, several times, because a slow answer is less precise. Chooses an estimate
   * slightly too low: a timestamp ahead of the servers would override their own later timestamps. Concurrent
   * callers share one request, because separate requests would overload the servers.
   */
  anchor(client: TimeServer): Promise<void> {
    this.anchoring ??= this.ask(client).finally(() => (this.anchoring = null));
    return this.anchoring;
  }

  /** @returns microseconds since 1970 by the servers' clock, always greater than the previous result */
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
