import { setTimeout as sleep } from 'node:timers/promises';
import type { types } from 'cassandra-driver';
import type { Clock } from '../../jobs/clock.port.js';
import { type LeaseAnswer, WorkerLease } from '../../jobs/worker-lease.port.js';
import type { CassandraSession } from './cassandra-session.js';
import { numberIn, requiredText, textIn } from './columns.js';
import { AGAIN, inTurns } from './turns.js';

const LEASE_SECONDS = 9;
/** The lease runs out within 9 s; the rest is for slow answers. */
const ACQUIRE_DEADLINE_MS = 15_000;
const RELEASE_DEADLINE_MS = 8000;
const LOOK_MS = 400;

const TAKE = `INSERT INTO ks.lease (name, owner, beats) VALUES ('worker', ?, 0) IF NOT EXISTS USING TTL ${LEASE_SECONDS}`;
const RENEW = `UPDATE ks.lease USING TTL ${LEASE_SECONDS} SET owner = ?, beats = ? WHERE name = 'worker' IF owner = ?`;
const RELEASE = "DELETE FROM ks.lease WHERE name = 'worker' IF owner = ?";
const SELECT = "SELECT owner, beats FROM ks.lease WHERE name = 'worker'";

/** A row that vanishes by its TTL unless its owner keeps writing it. */
export class CassandraWorkerLease extends WorkerLease {
  override readonly renewEveryMs = (LEASE_SECONDS * 1000) / 3;
  private beats = 0;

  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async acquire(owner: string, signal: AbortSignal): Promise<LeaseAnswer> {
    const giveUpAtMs = this.clock.monotonicMs() + ACQUIRE_DEADLINE_MS;
    let first: types.Row | null = null;
    for (;;) {
      const holder = await this.take(owner);
      if (holder === null) return { isHeld: true };
      const hasShownLife = first !== null && beatOf(first) !== beatOf(holder);
      const isLate = signal.aborted || this.clock.monotonicMs() > giveUpAtMs;
      if (hasShownLife || isLate) return { isHeld: false, holder: requiredText(holder, 'owner') };
      first ??= holder;
      await sleep(LOOK_MS);
    }
  }

  override async renew(owner: string): Promise<boolean> {
    this.beats += 1;
    const { outcome } = await this.session.compareAndSet({
      query: RENEW,
      params: [owner, this.beats, owner],
    });
    if (outcome !== 'unknown') return outcome === 'applied';
    const row = await this.session.firstSerial(SELECT);
    return row !== null && textIn(row, 'owner') === owner;
  }

  override async release(owner: string): Promise<void> {
    await inTurns(this.clock, RELEASE_DEADLINE_MS, async () => {
      const { outcome } = await this.session.compareAndSet({ query: RELEASE, params: [owner] });
      return outcome === 'unknown' ? AGAIN : null;
    });
  }

  /** @returns null where the lease is ours now, else who has it */
  private async take(owner: string): Promise<types.Row | null> {
    const { outcome } = await this.session.compareAndSet({ query: TAKE, params: [owner] });
    if (outcome === 'applied') return null;
    const row = await this.session.firstSerial(SELECT);
    // Gone since: the next look takes it.
    if (row === null) return this.take(owner);
    return textIn(row, 'owner') === owner ? null : row;
  }
}

function beatOf(row: types.Row): string {
  return `${requiredText(row, 'owner')} ${numberIn(row, 'beats')}`;
}
