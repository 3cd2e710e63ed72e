import { setTimeout as sleep } from 'node:timers/promises';
import type { types } from 'cassandra-driver';
import type { Clock } from '../../jobs/clock.port.js';
import { type LeaseAnswer, WorkerLease } from '../../jobs/worker-lease.port.js';
import type { CassandraSession } from './cassandra-session.js';
import { cassandraNumber, requiredCassandraText, cassandraText } from './columns.js';
import { AGAIN, retryContended } from './retry-contended.js';

const LEASE_SECONDS = 9;
/** The lease runs out within 9 s; the rest is for slow responses. */
const ACQUIRE_DEADLINE_MS = 15_000;
const RELEASE_DEADLINE_MS = 8000;
const LOOK_MS = 400;

const TAKE = `INSERT INTO ks.lease (name, owner, beats) VALUES ('worker', ?, 0) IF NOT EXISTS USING TTL ${LEASE_SECONDS}`;
const RENEW = `UPDATE ks.lease USING TTL ${LEASE_SECONDS} SET owner = ?, beats = ? WHERE name = 'worker' IF owner = ?`;
const RELEASE = "DELETE FROM ks.lease WHERE name = 'worker' IF owner = ?";
const SELECT = "SELECT owner, beats FROM ks.lease WHERE name = 'worker'";

/** Holds the lease in a row that expires by its TTL unless its owner keeps rewriting it. */
export class CassandraWorkerLease extends WorkerLease {
  override readonly renewEveryMs = (LEASE_SECONDS * 1000) / 3;
  private beats = 0;
  /** The owner for whom this process believes to hold the lease. */
  private held: string | null = null;

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
      const holder = await this.insertOwner(owner);
      if (holder === null) return { isHeld: true };
      const hasShownLife = first !== null && beatOf(first) !== beatOf(holder);
      const isLate = signal.aborted || this.clock.monotonicMs() > giveUpAtMs;
      if (hasShownLife || isLate) return { isHeld: false, holder: requiredCassandraText(holder, 'owner') };
      first ??= holder;
      await sleep(LOOK_MS);
    }
  }

  /** If the row has expired while the store was away and nobody else took the lease, it is taken again. */
  override async renew(owner: string): Promise<boolean> {
    if (this.held !== owner) return false;
    this.beats += 1;
    const { outcome } = await this.session.compareAndSet({
      query: RENEW,
      params: [owner, this.beats, owner],
    });
    return outcome === 'applied' || (await this.insertOwner(owner)) === null;
  }

  override async release(owner: string): Promise<void> {
    if (this.held === owner) this.held = null;
    await retryContended(this.clock, RELEASE_DEADLINE_MS, async () => {
      const { outcome } = await this.session.compareAndSet({ query: RELEASE, params: [owner] });
      return outcome === 'unknown' ? AGAIN : null;
    });
  }

  /** @returns null if the lease is taken, else its owner */
  private async insertOwner(owner: string): Promise<types.Row | null> {
    const { outcome } = await this.session.compareAndSet({ query: TAKE, params: [owner] });
    const row = outcome === 'applied' ? null : await this.session.firstSerial(SELECT);
    // The row has expired meanwhile; the next try takes the lease.
    if (outcome !== 'applied' && row === null) return this.insertOwner(owner);
    const isOurs = row === null || cassandraText(row, 'owner') === owner;
    this.held = isOurs ? owner : null;
    return isOurs ? null : row;
  }
}

function beatOf(row: types.Row): string {
  return `${requiredCassandraText(row, 'owner')} ${cassandraNumber(row, 'beats')}`;
}
