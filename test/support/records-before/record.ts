/**
 * Records the data of a built version for the tests of the next one, on SQLite and on Cassandra:
 *
 *     git worktree add /tmp/before <commit> && cd /tmp/before && npm ci && npm run build && cd -
 *     SERVICE_BUILD=/tmp/before/dist node_modules/.bin/node --env-file=.cache/browser.env \
 *       test/support/records-before/record.ts
 */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startReplica } from '../../replica/replica.ts';
import { startCassandra } from '../cassandra/cassandra-server.ts';
import { BUILD, Service } from '../service/service.ts';
import { dumpCassandra, plainClient, RECORDED_KEYSPACE } from './cassandra-rows.ts';
import { recordJobs } from './recorded-jobs.ts';
import { RECORDED_URL, recordingFolder, type RecordedStore, type Recording } from './recording.ts';
import { dumpSqlite } from './sqlite-rows.ts';

/** Folders of DATA_DIR that belong to the records. */
const FILES = ['secret', 'archives', 'work', 'mail'];

type Dump = Pick<Recording, 'schema' | 'schemaVersion' | 'rows'>;

await recordSqlite();
await recordCassandra();

async function recordSqlite(): Promise<void> {
  await record('sqlite', {}, async (dataDir) => dumpSqlite(dataDir));
}

async function recordCassandra(): Promise<void> {
  const server = await startCassandra();
  const client = plainClient(server);
  const settings = {
    STORE: 'cassandra',
    CASSANDRA_CONTACT_POINTS: server.contactPoints.join(','),
    CASSANDRA_KEYSPACE: RECORDED_KEYSPACE,
  };
  try {
    await record('cassandra', settings, async () => {
      const { CASSANDRA_STEPS, schemaTable } = await import(
        new URL('src/storage/cassandra/schema/schema.js', BUILD).href
      );
      const schema = [...CASSANDRA_STEPS, schemaTable(RECORDED_KEYSPACE)];
      return { schema, schemaVersion: CASSANDRA_STEPS.length, rows: await dumpCassandra(client) };
    });
  } finally {
    await client.shutdown();
    await server.stop();
  }
}

async function record(
  store: RecordedStore,
  settings: Readonly<Record<string, string>>,
  dump: (dataDir: string) => Promise<Dump>,
): Promise<void> {
  const replica = await startReplica({
    web: 'clean',
    ceiling: 12,
    hosts: 2,
    imageBytes: [1200, 2500],
    latencyMs: [20, 1500],
  });
  const service = await Service.start({
    settings: { ...replica.settings, ENGINES: 'google,openverse,commons', ...settings },
  });
  try {
    const recorded = await recordJobs(service);
    const recording: Recording = {
      imageOrigins: replica.imageOrigins,
      ...recorded,
      jobs: JSON.parse(JSON.stringify(recorded.jobs).replaceAll(service.url, RECORDED_URL)),
      ...(await dump(service.dataDir)),
    };
    await save(store, recording, service.dataDir);
  } finally {
    await service.remove();
    await replica.close();
  }
}

async function save(store: RecordedStore, recording: Recording, dataDir: string): Promise<void> {
  const folder = recordingFolder(store);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'records.json'), `${JSON.stringify(recording, null, 1)}\n`);
  for (const name of FILES) await cp(join(dataDir, name), join(folder, 'files', name), { recursive: true });
}
