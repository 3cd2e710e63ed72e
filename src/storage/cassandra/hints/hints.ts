import type { types } from 'cassandra-driver';
import type { Clock, Instant } from '../../../jobs/clock.port.js';
import type { JobId } from '../../../jobs/job.js';
import type { CassandraSession } from '../cassandra-session.js';
import { cassandraMicros, requiredCassandraInstant, requiredCassandraText } from '../columns.js';
import { mergeSorted } from './merge-sorted.js';
import { secondsUntil } from '../time-to-live.js';

/** Why to look at a job: to run it, to delete it, or to send a notice. */
export type HintKind = 'due' | 'ends' | 'notice';

/** A job to look at, and the instant. */
export interface Hint {
  readonly kind: HintKind;
  readonly at: Instant;
  readonly jobId: JobId;
}

/** A hint as read from the store. */
export interface FoundHint extends Hint {
  /** Server time of its write, in microseconds. */
  readonly writtenAt: bigint;
  /** Time since its write, in milliseconds, by the server's clock. */
  readonly ageMs: number;
}

interface Bucket {
  readonly startsAt: Instant;
  /** The rows of `hint_bucket` for this bucket, with their server times. */
  readonly rows: { readonly until: Instant; readonly writtenAt: bigint }[];
}

const BUCKET_MS = 3_600_000;
const DAY_MS = 86_400_000;
const SHARDS = 4;
const LAST_INSTANT = 8_640_000_000_000_000;

const INSERT =
  'INSERT INTO ks.hint (kind, bucket, shard, at, job_id, mark) VALUES (?, ?, ?, ?, ?, true) USING TTL ?';
const INSERT_BUCKET =
  'INSERT INTO ks.hint_bucket (kind, bucket, until, mark) VALUES (?, ?, ?, true) USING TTL ?';
const DELETE = `DELETE FROM ks.hint USING TIMESTAMP ?
  WHERE kind = ? AND bucket = ? AND shard = ? AND at = ? AND job_id = ?`;
const DELETE_BUCKET =
  'DELETE FROM ks.hint_bucket USING TIMESTAMP ? WHERE kind = ? AND bucket = ? AND until = ?';
const SELECT = `SELECT at, job_id, WRITETIME(mark) AS written_at, toUnixTimestamp(now()) AS server_now
  FROM ks.hint WHERE kind = ? AND bucket = ? AND shard = ? AND at >= ? AND at < ?`;
const SELECT_BUCKETS = `SELECT bucket, until, WRITETIME(mark) AS written_at
  FROM ks.hint_bucket WHERE kind = ? AND bucket >= ? AND bucket < ?`;

/**
 * Append-only hints for when to look at a job, by hour and shard. A hint is written before the job changes
 * and dropped afterwards, so there may be one too many but never one too few.
 */
export class Hints {
  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
  ) {}

  /** Appends hints that expire with their job at `purgeAt`. */
  async append(hints: readonly Hint[], purgeAt: Instant): Promise<void> {
    const ttl = secondsUntil(this.clock, purgeAt);
    await Promise.all(hints.map((hint) => this.session.write(INSERT, ...keyOf(hint), ttl)));
    // After the hints themselves, since an empty bucket is forgotten, but only as it was before it was read.
    const until = Math.ceil(purgeAt / DAY_MS) * DAY_MS;
    const bucketTtl = secondsUntil(this.clock, until);
    const buckets = new Map(hints.map((hint) => [`${hint.kind} ${bucketOf(hint.at)}`, hint]));
    await Promise.all(
      [...buckets.values()].map(({ kind, at }) =>
        this.session.write(INSERT_BUCKET, kind, new Date(bucketOf(at)), new Date(until), bucketTtl),
      ),
    );
  }

  /** Drops hints that were written until `writtenAt` (server time, microseconds). */
  async drop(hints: readonly Hint[], writtenAt: bigint): Promise<void> {
    await Promise.all(hints.map((hint) => this.session.write(DELETE, writtenAt, ...keyOf(hint))));
  }

  /** Yields the hints with `from` ≤ instant < `to`, ascending by instant, then id. */
  async *scan(kind: HintKind, from: Instant, to: Instant): AsyncGenerator<FoundHint> {
    const [first, last] = [Math.max(from, 0), Math.min(to, LAST_INSTANT)];
    for (const bucket of await this.buckets(kind, first, last)) {
      let isEmpty = true;
      for await (const hint of this.inBucket(kind, bucket.startsAt, first, last)) {
        isEmpty = false;
        yield hint;
      }
      const endsAt = bucket.startsAt + BUCKET_MS;
      const isWhole = first <= bucket.startsAt && endsAt <= last;
      const isPast = endsAt + BUCKET_MS <= this.clock.now();
      if (isEmpty && isWhole && isPast) await this.forget(kind, bucket);
    }
  }

  private async buckets(kind: HintKind, from: Instant, to: Instant): Promise<Bucket[]> {
    const buckets = new Map<Instant, Bucket>();
    const rows = this.session.rows(SELECT_BUCKETS, kind, new Date(bucketOf(from)), new Date(to));
    for await (const row of rows) {
      const startsAt = requiredCassandraInstant(row, 'bucket');
      const bucket = buckets.get(startsAt) ?? { startsAt, rows: [] };
      bucket.rows.push({
        until: requiredCassandraInstant(row, 'until'),
        writtenAt: cassandraMicros(row, 'written_at'),
      });
      buckets.set(startsAt, bucket);
    }
    return [...buckets.values()];
  }

  private inBucket(kind: HintKind, startsAt: Instant, from: Instant, to: Instant): AsyncGenerator<FoundHint> {
    const shards = Array.from({ length: SHARDS }, (_, shard) =>
      this.inShard(kind, startsAt, shard, from, to),
    );
    return mergeSorted(shards, (a, b) => a.at - b.at || (a.jobId < b.jobId ? -1 : 1));
  }

  private async *inShard(
    kind: HintKind,
    startsAt: Instant,
    shard: number,
    from: Instant,
    to: Instant,
  ): AsyncGenerator<FoundHint> {
    const slice = [new Date(startsAt), shard, new Date(from), new Date(to)] as const;
    for await (const row of this.session.rows(SELECT, kind, ...slice)) yield toHint(kind, row);
  }

  private async forget(kind: HintKind, { startsAt, rows }: Bucket): Promise<void> {
    const bucket = new Date(startsAt);
    await Promise.all(
      rows.map(({ until, writtenAt }) =>
        this.session.write(DELETE_BUCKET, writtenAt, kind, bucket, new Date(until)),
      ),
    );
  }
}

function bucketOf(at: Instant): Instant {
  return Math.floor(at / BUCKET_MS) * BUCKET_MS;
}

function keyOf({ kind, at, jobId }: Hint): [string, Date, number, Date, string] {
  const shard = Number.parseInt(jobId.slice(-2), 16) % SHARDS;
  return [kind, new Date(bucketOf(at)), shard, new Date(at), jobId];
}

function toHint(kind: HintKind, row: types.Row): FoundHint {
  const writtenAt = cassandraMicros(row, 'written_at');
  const serverNow = Number(row.get('server_now'));
  return {
    kind,
    at: requiredCassandraInstant(row, 'at'),
    jobId: requiredCassandraText(row, 'job_id'),
    writtenAt,
    ageMs: serverNow - Number(writtenAt / 1000n),
  };
}
