import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** The columns of a job's row that tests check. */
export interface JobRow {
  readonly state: string;
  readonly stage: string | null;
  readonly epoch: number;
  readonly attempts: number;
  readonly dueAt: number;
  readonly startedAt: number | null;
  readonly delivered: number;
  readonly archive: { readonly name: string; readonly sha256: string } | null;
}

/** One row of the outbox. */
export interface NoticeRow {
  readonly slot: string;
  readonly status: string;
  readonly attempts: number;
  readonly notBefore: number;
  readonly detail: string | null;
}

/** The outcome of one candidate. */
export interface ImageRow {
  readonly url: string | null;
  readonly status: string;
  readonly sha256: string | null;
}

/** The records of a service, read from outside while it runs or after its death. */
export class ServiceRecords {
  readonly #db: DatabaseSync;

  /** @param dataDir of a service that was started at least once */
  constructor(dataDir: string) {
    this.#db = new DatabaseSync(join(dataDir, 'image-job.sqlite'), { readOnly: true, timeout: 2000 });
  }

  job(id: string): JobRow | null {
    const row = this.#db.prepare('SELECT * FROM job WHERE id = ?').get(id);
    return row === undefined ? null : toJob(row);
  }

  /** @returns the id of the job with a query, or null */
  idOf(query: string): string | null {
    const row = this.#db.prepare("SELECT id FROM job WHERE request ->> 'query' = ?").get(query);
    return textOrNull(row?.['id']);
  }

  /** Number of jobs with a query. */
  countOf(query: string): number {
    const sql = "SELECT count(*) AS n FROM job WHERE request ->> 'query' = ?";
    return Number(this.#db.prepare(sql).get(query)?.['n']);
  }

  /** Number of jobs that are running or due before an instant. */
  openBefore(due: number): number {
    const sql = "SELECT count(*) AS n FROM job WHERE state IN ('scheduled', 'running') AND due_at < ?";
    return Number(this.#db.prepare(sql).get(due)?.['n']);
  }

  notices(id: string): NoticeRow[] {
    const rows = this.#db.prepare('SELECT * FROM notice WHERE job_id = ? ORDER BY slot').all(id);
    return rows.map((row) => ({
      slot: String(row['slot']),
      status: String(row['status']),
      attempts: Number(row['attempts']),
      notBefore: Number(row['not_before']),
      detail: textOrNull(row['detail']),
    }));
  }

  images(id: string): ImageRow[] {
    const sql = `SELECT candidate ->> 'imageUrl' AS url, outcome ->> 'status' AS status,
      outcome ->> '$.file.sha256' AS sha256 FROM image WHERE job_id = ? ORDER BY position`;
    const rows = this.#db.prepare(sql).all(id);
    return rows.map((row) => ({
      url: textOrNull(row['url']),
      status: String(row['status']),
      sha256: textOrNull(row['sha256']),
    }));
  }

  /** Number of rows of a job in all tables. */
  rowsOf(id: string): number {
    const tables = ['job WHERE id', 'image WHERE job_id', 'notice WHERE job_id'];
    const counts = tables.map((from) => this.#db.prepare(`SELECT count(*) AS n FROM ${from} = ?`).get(id));
    return counts.reduce((sum, row) => sum + Number(row?.['n']), 0);
  }

  close(): void {
    this.#db.close();
  }
}

/** Opens the records, reads once and closes them. */
export function readRecords<T>(dataDir: string, read: (records: ServiceRecords) => T): T {
  const records = new ServiceRecords(dataDir);
  try {
    return read(records);
  } finally {
    records.close();
  }
}

function toJob(row: Record<string, SQLOutputValue>): JobRow {
  const archive = textOrNull(row['archive']);
  return {
    state: String(row['state']),
    stage: textOrNull(row['stage']),
    epoch: Number(row['epoch']),
    attempts: Number(row['attempts']),
    dueAt: Number(row['due_at']),
    startedAt: row['started_at'] === null ? null : Number(row['started_at']),
    delivered: Number(row['delivered']),
    archive: archive === null ? null : JSON.parse(archive),
  };
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
