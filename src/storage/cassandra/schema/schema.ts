import { createHash } from 'node:crypto';
import { quotedKeyspace } from './quoted-keyspace.js';

/**
 * The delay that a hanging replica adds to a read. The default, a percentile, is learnt from traffic that a
 * small service does not have.
 */
const ASKS_ANOTHER_REPLICA = "speculative_retry = '150ms'";

/**
 * Step n, from 1. Every step may run twice without harm; steps are added, never changed.
 * `job` holds a job in static columns with its outbox rows beside them, so that both change in one
 * conditional write. `image` is also partitioned by the incarnation of the job id, so that a job under a
 * deleted id inherits nothing. `hint` tells when to look at a job, `hint_bucket` which hours have hints.
 */
export const CASSANDRA_STEPS: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS job (
    job_id text,
    state text static,
    version int static,
    ops text static,
    incarnation text static,
    door text static,
    request text static,
    stage text static,
    epoch int static,
    attempts int static,
    submitted_at timestamp static,
    due_at timestamp static,
    started_at timestamp static,
    finished_at timestamp static,
    progress text static,
    live text static,
    delivered int static,
    shortfall text static,
    cause text static,
    archive text static,
    expires_at timestamp static,
    extended boolean static,
    purge_at timestamp static,
    slot text,
    channel text,
    address text,
    notice_epoch int,
    notice_status text,
    notice_attempts int,
    not_before timestamp,
    detail text,
    claim text,
    PRIMARY KEY (job_id, slot, channel, address)
  ) WITH ${ASKS_ANOTHER_REPLICA}`,
  `CREATE TABLE IF NOT EXISTS image (
    job_id text,
    incarnation text,
    url_hash text,
    position int,
    candidate text,
    outcome text,
    PRIMARY KEY ((job_id, incarnation), url_hash)
  ) WITH ${ASKS_ANOTHER_REPLICA}`,
  `CREATE TABLE IF NOT EXISTS hint (
    kind text,
    bucket timestamp,
    shard int,
    at timestamp,
    job_id text,
    mark boolean,
    PRIMARY KEY ((kind, bucket, shard), at, job_id)
  ) WITH gc_grace_seconds = 86400 AND ${ASKS_ANOTHER_REPLICA}`,
  `CREATE TABLE IF NOT EXISTS hint_bucket (
    kind text,
    bucket timestamp,
    until timestamp,
    mark boolean,
    PRIMARY KEY (kind, bucket, until)
  ) WITH gc_grace_seconds = 86400 AND ${ASKS_ANOTHER_REPLICA}`,
  `CREATE TABLE IF NOT EXISTS keyed (
    kind text,
    key text,
    item text,
    value text,
    expires_at timestamp,
    op text,
    PRIMARY KEY ((kind, key), item)
  ) WITH ${ASKS_ANOTHER_REPLICA}`,
  `CREATE TABLE IF NOT EXISTS lease (name text PRIMARY KEY, owner text, beats int)`,
  `CREATE TABLE IF NOT EXISTS pulse (name text PRIMARY KEY, beat timestamp)`,
];

/** The tables of all steps; a missing table is created again whatever the record says. */
export const CASSANDRA_TABLES: readonly string[] = [
  'job',
  'image',
  'hint',
  'hint_bucket',
  'keyed',
  'lease',
  'pulse',
];

/**
 * The table with the migrator's progress and its lock. Its id derives from the keyspace, since processes that
 * start together would otherwise make two tables of one name.
 */
export function schemaTable(keyspace: string): string {
  const hex = createHash('sha256').update(`image-job ${keyspace}`).digest('hex');
  const id = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `CREATE TABLE IF NOT EXISTS ${quotedKeyspace(keyspace)}.schema_version (
    name text PRIMARY KEY, version int, owner text
  ) WITH id = ${id.join('-')}`;
}
