/** Step n migrates a file from version n to n + 1 (`PRAGMA user_version`). Steps are added, never changed. */
export const SQLITE_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE job (
    id TEXT PRIMARY KEY,
    door TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    stage TEXT,
    version INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    submitted_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    progress TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    shortfall TEXT NOT NULL,
    cause TEXT,
    archive TEXT,
    expires_at INTEGER,
    extended INTEGER NOT NULL,
    purge_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX job_due ON job (due_at, id) WHERE state IN ('scheduled', 'running');
  CREATE INDEX job_ends ON job (ends_at, id);

  CREATE TABLE image (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    url_hash TEXT NOT NULL,
    position INTEGER NOT NULL,
    candidate TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (job_id, url_hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE notice (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    slot TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    detail TEXT,
    PRIMARY KEY (job_id, slot, channel, address)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notice_due ON notice (not_before, job_id) WHERE status = 'pending';

  CREATE TABLE keyed (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (kind, key, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keyed_expires ON keyed (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE pulse (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), beats INTEGER NOT NULL) STRICT;
  INSERT INTO pulse VALUES (1, 0);

  CREATE TABLE lease (name TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
];
