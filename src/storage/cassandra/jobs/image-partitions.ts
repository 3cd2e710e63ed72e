import type { types } from 'cassandra-driver';
import type { Clock } from '../../../jobs/clock.port.js';
import type { ImageRecord } from '../../../jobs/image-record.js';
import type { JobId, NewJob } from '../../../jobs/job.js';
import type { CassandraSession, Statement } from '../cassandra-session.js';
import {
  cassandraJson,
  cassandraNumber,
  requiredCassandraInstant,
  requiredCassandraText,
  cassandraText,
} from '../columns.js';
import { candidateText, storedCandidate } from '../../stored-candidate.js';
import { DELETED_MARK } from './job-row.js';
import { secondsUntil } from '../time-to-live.js';

const ROWS_AT_ONCE = 50;
const LIFE = 'SELECT state, incarnation, purge_at FROM ks.job WHERE job_id = ? LIMIT 1';
const INSERT = `INSERT INTO ks.image (job_id, incarnation, url_hash, position, candidate, outcome)
  VALUES (?, ?, ?, ?, ?, ?) USING TTL ?`;
const DROP = 'DELETE FROM ks.image WHERE job_id = ? AND incarnation = ?';
const SELECT = `SELECT url_hash, position, candidate, outcome FROM ks.image WHERE job_id = ? AND incarnation = ?`;

/** One life of a job id: a deleted job may be submitted again. */
interface Life {
  readonly incarnation: string;
  readonly ttlSeconds: number;
}

/** The image records of jobs, one partition for each incarnation of a job id. */
export class ImagePartitions {
  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
  ) {}

  /** Stores records, replacing those with the same hash; nothing if the job is gone. */
  async save(id: JobId, images: readonly ImageRecord[]): Promise<void> {
    const life = images.length === 0 ? null : await this.life(id);
    if (life !== null) await this.saveIn(id, life, images);
  }

  /** Stores records of a job that is not there yet, under the incarnation that it will have. */
  async saveAhead({ id, purgeAt, excluded = [] }: NewJob, incarnation: string): Promise<void> {
    await this.saveIn(id, { incarnation, ttlSeconds: secondsUntil(this.clock, purgeAt) }, excluded);
  }

  /** Deletes what was stored ahead for a job that another submission has recorded. */
  async dropAhead(id: JobId, incarnation: string): Promise<void> {
    await this.session.write(DROP, id, incarnation);
  }

  private async saveIn(id: JobId, life: Life, images: readonly ImageRecord[]): Promise<void> {
    // Rows of one batch have the same time, so of two with the same key each column would be decided by
    // itself.
    const last = new Map(images.map((image) => [image.urlHash, image]));
    const statements = [...last.values()].map((image) => this.insert(id, life, image));
    for (let from = 0; from < statements.length; from += ROWS_AT_ONCE) {
      await this.session.writeTogether(statements.slice(from, from + ROWS_AT_ONCE));
    }
  }

  /** @returns all records of the job by position */
  async read(id: JobId): Promise<ImageRecord[]> {
    const life = await this.life(id);
    if (life === null) return [];
    const rows = await this.session.read(SELECT, id, life.incarnation);
    return rows
      .flatMap((row) => toImage(row) ?? [])
      .toSorted((a, b) => a.position - b.position || (a.urlHash < b.urlHash ? -1 : 1));
  }

  private async life(id: JobId): Promise<Life | null> {
    const row = await this.session.first(LIFE, id);
    const state = row === null ? null : cassandraText(row, 'state');
    if (row === null || state === null || state === DELETED_MARK) return null;
    const ttlSeconds = secondsUntil(this.clock, requiredCassandraInstant(row, 'purge_at'));
    return { incarnation: requiredCassandraText(row, 'incarnation'), ttlSeconds };
  }

  private insert(id: JobId, life: Life, image: ImageRecord): Statement {
    const { urlHash, position, candidate, outcome } = image;
    const texts = [candidateText(candidate), JSON.stringify(outcome)];
    return { query: INSERT, params: [id, life.incarnation, urlHash, position, ...texts, life.ttlSeconds] };
  }
}

function toImage(row: types.Row): ImageRecord | null {
  const candidate = cassandraJson<Parameters<typeof storedCandidate>[0]>(row, 'candidate');
  const outcome = cassandraJson<ImageRecord['outcome']>(row, 'outcome');
  if (candidate === null || outcome === null) return null;
  return {
    urlHash: requiredCassandraText(row, 'url_hash'),
    position: cassandraNumber(row, 'position'),
    candidate: storedCandidate(candidate),
    outcome,
  };
}
