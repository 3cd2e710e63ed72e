import cassandra, { type Client, type QueryOptions, type types } from 'cassandra-driver';
import { AppError, isAppError } from '../../jobs/app-error.js';
import type { Clock } from '../../jobs/clock.port.js';
import { cassandraError, readError } from './cassandra-errors.js';
import { CallRetries, REPEATABLE, UNSENT } from './call-retries.js';
import { LWT_PROFILE } from './profiles.js';
import { quotedKeyspace } from './schema/quoted-keyspace.js';
import type { ServerTime } from './server-time.js';
import { AGAIN, retryContended } from './retry-contended.js';

/** A value for a `?`. */
export type CqlValue = string | number | bigint | boolean | Date | null;

/** A statement with its values. */
export interface Statement {
  readonly query: string;
  readonly params: readonly CqlValue[];
}

/** The result of a conditional write; `unknown`: it may or may not be applied, now or soon. */
export interface CasAnswer {
  readonly outcome: 'applied' | 'refused' | 'unknown';
  /** The row that the condition found if it failed and the server returned the row. */
  readonly row: types.Row | null;
}

const RESOLVE_DEADLINE_MS = 10_000;
const PAGE_ROWS = 500;

const { localQuorum, localSerial } = cassandra.types.consistencies;
const PLAIN: QueryOptions = { prepare: true, isIdempotent: true, consistency: localQuorum };

/** Runs prepared statements on Cassandra, each with a deadline. Throws every failure as AppError. */
export class CassandraSession {
  private readonly retries: CallRetries;
  private readonly queries = new Map<string, string>();

  /** @param keyspace replaces `ks` in every query */
  constructor(
    private readonly client: Client,
    private readonly keyspace: string,
    private readonly clock: Clock,
    private readonly time: ServerTime,
  ) {
    this.retries = new CallRetries(clock);
  }

  /** @returns all rows; only for a small partition or slice */
  async read(query: string, ...params: CqlValue[]): Promise<types.Row[]> {
    const all: types.Row[] = [];
    for await (const row of this.rows(query, ...params)) all.push(row);
    return all;
  }

  /** @returns the first row, or null */
  async first(query: string, ...params: CqlValue[]): Promise<types.Row | null> {
    return (await this.page(query, params, {})).first() ?? null;
  }

  /**
   * Reads in the order of conditional writes: this finishes or voids a pending one, so that its outcome is
   * certain afterwards.
   * @throws AppError `storage.outcome_unknown` if that is impossible within ten seconds
   */
  async firstSerial(query: string, ...params: CqlValue[]): Promise<types.Row | null> {
    try {
      return await retryContended(this.clock, RESOLVE_DEADLINE_MS, () => this.serialOnce(query, params));
    } catch (error) {
      if (isAppError(error, 'internal.unexpected')) throw error;
      throw new AppError('storage.outcome_unknown', cassandraError(error).context, error);
    }
  }

  /** Yields the rows page by page. */
  async *rows(query: string, ...params: CqlValue[]): AsyncGenerator<types.Row> {
    let pageState: string | null = null;
    do {
      const page: types.ResultSet = await this.page(query, params, pageState === null ? {} : { pageState });
      yield* page.rows;
      pageState = page.pageState;
    } while (pageState !== null && pageState !== undefined);
  }

  /** Writes without condition; writing twice is harmless. */
  async write(query: string, ...params: CqlValue[]): Promise<void> {
    await this.refreshTime();
    await this.retries.with(REPEATABLE, () => this.client.execute(this.named(query), params, PLAIN));
  }

  /** Writes rows of one partition atomically. */
  async writeTogether(statements: readonly Statement[]): Promise<void> {
    await this.refreshTime();
    const rows = this.all(statements);
    await this.retries.with(REPEATABLE, () => this.client.batch(rows, { ...PLAIN, logged: false }));
  }

  /** Writes to one partition if every condition holds: everything or nothing. */
  async compareAndSet(...statements: readonly Statement[]): Promise<CasAnswer> {
    try {
      const result = await this.retries.with(UNSENT, () => this.send(statements));
      const row = result.first();
      return { outcome: row?.get('[applied]') === true ? 'applied' : 'refused', row };
    } catch (error) {
      if (cassandraError(error).code !== 'storage.outcome_unknown') throw error;
      return { outcome: 'unknown', row: null };
    }
  }

  /** Closes every connection. Safe to call twice. */
  async close(): Promise<void> {
    this.retries.end();
    await this.retries.with([], () => this.client.shutdown());
  }

  /** Before a write, so that a failure counts as that of the write: nothing was sent yet. */
  private async refreshTime(): Promise<void> {
    if (!this.time.isStale()) return;
    try {
      await this.retries.with(REPEATABLE, () => this.time.anchor(this.client));
    } catch (error) {
      throw readError(error);
    }
  }

  private send(statements: readonly Statement[]): Promise<types.ResultSet> {
    const options: QueryOptions = { prepare: true, isIdempotent: false, executionProfile: LWT_PROFILE };
    const [only, ...more] = statements;
    if (only !== undefined && more.length === 0)
      return this.client.execute(this.named(only.query), [...only.params], options);
    return this.client.batch(this.all(statements), options);
  }

  private async page(query: string, params: CqlValue[], options: QueryOptions): Promise<types.ResultSet> {
    try {
      const all = { ...PLAIN, fetchSize: PAGE_ROWS, ...options };
      return await this.retries.with(REPEATABLE, () => this.client.execute(this.named(query), params, all));
    } catch (error) {
      throw readError(error);
    }
  }

  private async serialOnce(query: string, params: CqlValue[]): Promise<types.Row | null | typeof AGAIN> {
    try {
      const options = { ...PLAIN, consistency: localSerial };
      const result = await this.retries.with([], () =>
        this.client.execute(this.named(query), params, options),
      );
      return result.first() ?? null;
    } catch (error) {
      if (cassandraError(error).code === 'internal.unexpected') throw error;
      return AGAIN;
    }
  }

  private all(statements: readonly Statement[]): { query: string; params: CqlValue[] }[] {
    return statements.map(({ query, params }) => ({ query: this.named(query), params: [...params] }));
  }

  /** Replaces `ks` by the keyspace's name: prepared statements that rely on `USE` are ambiguous. */
  private named(query: string): string {
    const known = this.queries.get(query) ?? query.replaceAll(/\bks\./g, `${quotedKeyspace(this.keyspace)}.`);
    this.queries.set(query, known);
    return known;
  }
}
