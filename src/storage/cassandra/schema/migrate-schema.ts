import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'cassandra-driver';
import type { Replication } from '../../../config/cassandra-values.js';
import { AppError } from '../../../jobs/app-error.js';
import type { Clock } from '../../../jobs/clock.port.js';
import { LWT_PROFILE, type CassandraSettings } from '../profiles.js';
import { quotedKeyspace } from './quoted-keyspace.js';
import { CASSANDRA_STEPS, CASSANDRA_TABLES, schemaTable } from './schema.js';
import { mistakeOf, startError } from '../start-error.js';

const DEADLINE_MS = 60_000;
const POLL_MS = 200;
/** Maximum wait for a migrator that died. */
const LOCK_SECONDS = 60;
const IDEMPOTENT = { prepare: false, isIdempotent: true };

/**
 * Creates absent keyspace and tables and keeps existing ones. Of several processes that start together, one
 * works and the others wait. Needs no right to create what exists already.
 * @param client connected without a keyspace
 * @throws AppError `storage.unavailable`
 */
export async function migrateSchema(
  client: Client,
  settings: CassandraSettings,
  clock: Clock,
): Promise<void> {
  const giveUpAtMs = clock.monotonicMs() + DEADLINE_MS;
  for (;;) {
    const isLate = clock.monotonicMs() > giveUpAtMs;
    try {
      if (await migrateOnce(client, settings)) return;
    } catch (error) {
      // Retries after temporary failures: nodes are still starting, or a table that another process has just
      // made is not known everywhere yet.
      const failure = startError(error);
      if (mistakeOf(failure) !== null || isLate) throw failure;
    }
    if (isLate) throw new AppError('storage.unavailable', { said: 'another process is still at the tables' });
    await sleep(POLL_MS);
  }
}

/** @returns whether everything exists; false if another process is at work */
async function migrateOnce(client: Client, settings: CassandraSettings): Promise<boolean> {
  const keyspace = settings.cassandraKeyspace;
  await ensureKeyspace(client, settings);
  if (await isDone(client, keyspace)) return true;
  await workUnderLock(client, keyspace);
  return isDone(client, keyspace);
}

async function ensureKeyspace(client: Client, settings: CassandraSettings): Promise<void> {
  const name = settings.cassandraKeyspace;
  const query = 'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?';
  const found = await client.execute(query, [name], { ...IDEMPOTENT, prepare: true });
  if (found.rowLength > 0) return;
  const copies = settings.cassandraReplication.map(
    (one: Replication) => `${quoted(one.datacenter ?? settings.cassandraDatacenter)}: ${one.copies}`,
  );
  const replication = `{'class': 'NetworkTopologyStrategy', ${copies.join(', ')}}`;
  await alter(
    client,
    `CREATE KEYSPACE IF NOT EXISTS ${quotedKeyspace(name)} WITH replication = ${replication}`,
  );
}

/** @returns whether every table exists and every step is noted */
async function isDone(client: Client, keyspace: string): Promise<boolean> {
  const tables = await tablesOf(client, keyspace);
  if (![...CASSANDRA_TABLES, 'schema_version'].every((table) => tables.has(table))) return false;
  const version = await versionOf(client, keyspace);
  if (version > CASSANDRA_STEPS.length) {
    throw new AppError('storage.unavailable', { mistake: 'newer_schema', newerSchema: version });
  }
  return version === CASSANDRA_STEPS.length;
}

async function tablesOf(client: Client, keyspace: string): Promise<Set<string>> {
  const query = 'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?';
  const { rows } = await client.execute(query, [keyspace], { ...IDEMPOTENT, prepare: true });
  return new Set(rows.map((row) => String(row.get('table_name'))));
}

async function versionOf(client: Client, keyspace: string): Promise<number> {
  const query = `SELECT version FROM ${quotedKeyspace(keyspace)}.schema_version WHERE name = 'schema'`;
  const row = (await client.execute(query, [], IDEMPOTENT)).first();
  return Number(row?.get('version') ?? 0);
}

/** Runs the steps, unless another process does. */
async function workUnderLock(client: Client, keyspace: string): Promise<void> {
  if (!(await tablesOf(client, keyspace)).has('schema_version')) {
    await alter(client, schemaTable(keyspace));
  }
  const owner = randomUUID();
  const insert = `INSERT INTO ${quotedKeyspace(keyspace)}.schema_version (name, owner) VALUES ('lock', '${owner}') IF NOT EXISTS USING TTL ${LOCK_SECONDS}`;
  const taken = (await client.execute(insert, [], { executionProfile: LWT_PROFILE })).first();
  if (taken?.get('[applied]') !== true) return;
  for (const step of CASSANDRA_STEPS)
    await alter(client, step.replace('EXISTS ', `EXISTS ${quotedKeyspace(keyspace)}.`));
  const note = `INSERT INTO ${quotedKeyspace(keyspace)}.schema_version (name, version) VALUES ('schema', ${CASSANDRA_STEPS.length})`;
  await client.execute(note, [], IDEMPOTENT);
  const unlock = `DELETE FROM ${quotedKeyspace(keyspace)}.schema_version WHERE name = 'lock' IF owner = '${owner}'`;
  await client.execute(unlock, [], { executionProfile: LWT_PROFILE });
}

/** Changes the schema; the driver waits until all running nodes have the change. */
async function alter(client: Client, statement: string): Promise<void> {
  const { info } = await client.execute(statement, [], { isIdempotent: true });
  const isAgreed: unknown = Reflect.get(info, 'isSchemaInAgreement');
  if (isAgreed === false)
    throw new AppError('storage.unavailable', { said: 'the nodes do not agree on the schema' });
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
