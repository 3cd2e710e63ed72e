import cassandra, { type Client } from 'cassandra-driver';
import type { CassandraServer } from '../cassandra/cassandra-server.ts';
import type { Recording, StoredRow } from './recording.ts';

/** The keyspace of the recording: the id of the table `schema_version` depends on it. */
export const RECORDED_KEYSPACE = 'records_before';

/** Tables with records. The lease and the pulse of the killed process are left out: they expire in seconds. */
const TABLES = ['job', 'image', 'hint', 'hint_bucket', 'keyed', 'schema_version'] as const;
/** Columns of `job` that belong to a notice; the others are static. */
const OF_NOTICES = new Set(
  'slot channel address notice_epoch notice_status notice_attempts not_before detail claim'.split(' '),
);

/** Connects to a test server without a keyspace. */
export function plainClient({ contactPoints, datacenter }: CassandraServer): Client {
  return new cassandra.Client({
    contactPoints: [...contactPoints],
    localDataCenter: datacenter,
    queryOptions: { prepare: true },
  });
}

/** Reads all rows of the recorded keyspace. */
export async function dumpCassandra(client: Client): Promise<Recording['rows']> {
  const rows: Record<string, StoredRow[]> = {};
  for (const table of TABLES) {
    const { rows: found } = await client.execute(`SELECT * FROM ${RECORDED_KEYSPACE}.${table}`);
    rows[table] = found.map((row) => Object.fromEntries(row.keys().map((key) => [key, plain(row.get(key))])));
  }
  return rows;
}

/** Makes the keyspace of a recording, with `rows`. */
export async function loadCassandra(
  client: Client,
  { schema }: Recording,
  rows: Recording['rows'],
): Promise<void> {
  const replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
  await client.execute(`CREATE KEYSPACE ${RECORDED_KEYSPACE} WITH replication = ${replication}`);
  await client.execute(`USE ${RECORDED_KEYSPACE}`, [], { prepare: false });
  for (const statement of schema) await client.execute(statement, [], { prepare: false });
  for (const [table, all] of Object.entries(rows))
    for (const row of all.flatMap((one) => (table === 'job' ? partsOfJob(one) : [one])))
      await insert(client, table, row);
}

async function insert(client: Client, table: string, row: StoredRow): Promise<void> {
  const columns = Object.entries(row).filter(([, value]) => value !== null);
  const names = columns.map(([name]) => name).join();
  const query = `INSERT INTO ${RECORDED_KEYSPACE}.${table} (${names}) VALUES (${columns.map(() => '?').join()})`;
  await client.execute(
    query,
    columns.map(([, value]) => value),
  );
}

/** A read row of `job` repeats the static columns beside each notice; they are written apart. */
function partsOfJob(row: StoredRow): StoredRow[] {
  const columns = Object.entries(row);
  const job = Object.fromEntries(columns.filter(([name]) => !OF_NOTICES.has(name)));
  const notice = Object.fromEntries(columns.filter(([name]) => name === 'job_id' || OF_NOTICES.has(name)));
  return row['slot'] === null ? [job] : [job, notice];
}

function plain(value: unknown): string | number | boolean | null {
  if (value instanceof Date) return value.getTime();
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw new TypeError(`no column of ours has ${String(value)}`);
}
