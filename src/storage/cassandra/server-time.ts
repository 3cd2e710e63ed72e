import cassandra from 'cassandra-driver';
import type { Clock } from '../../jobs/clock.port.js';

const SAMPLES = 8;
const STALE_AFTER_MS = 60_000;
/** The servers stamp conditional writes with whole milliseconds, rounded down. */
const SERVER_TICK_MS = 1;
const NOW = 'SELECT toUnixTimestamp(now()) AS server_now FROM system.local';

/** What is asked for the time: a Client of the driver. */
export interface TimeServer {
  execute(
    query: string,
    params: unknown[],
    options: object,
  ): Promise<{ first(): { get(column: string): unknown } }>;
}

/**
 * Stamps plain writes with the servers' time, as seen from here: the wall clocks of our own processes, which may
 * disagree by hours, decide nothing. The stamp is made before sending, so that a write that is sent twice, or
 * lies about in a node that hangs, is still the same write when it arrives late.
 */
export class ServerTime extends cassandra.policies.timestampGeneration.MonotonicTimestampGenerator {
  private offsetMs: number | null = null;
  private anchoredAtMs = 0;
  private lastMicros = 0;
  private anchoring: Promise<void> | null = null;

  constructor(private readonly clock: Clock) {
    super(0, 0);
  }

  /** Whether the servers are to be asked (again) for the time. */
  isStale(): boolean {
    return this.offsetMs === null || this.clock.monotonicMs() - this.anchoredAtMs > STALE_AFTER_MS;
  }

  /**
   * Asks the servers for the time, several times, since a slow answer tells less. Settles on a little less than it
   * may be: a stamp that is ahead would outlive what the servers themselves stamp afterwards. Many writes that find
   * the time stale at once wait for one answer: each with questions of its own would keep the servers from answering.
   */
  anchor(client: TimeServer): Promise<void> {
    this.anchoring ??= this.ask(client).finally(() => (this.anchoring = null));
    return this.anchoring;
  }

  /** @returns microseconds since the epoch by the servers' clock, each greater than the one before */
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
