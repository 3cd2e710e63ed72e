import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import type { Clock } from '../../../src/jobs/clock.port.js';
import type { CassandraSettings } from '../../../src/storage/cassandra/profiles.js';
import type { Storage } from '../../../src/storage/storage.js';
import { CassandraProxy } from '../../support/cassandra/cassandra-proxy.ts';
import {
  type CassandraServer,
  startCassandra,
  whyNoCassandra,
} from '../../support/cassandra/cassandra-server.ts';
import type { BenchContext } from '../bench.ts';
import { loadBuilt } from '../load-built.ts';

/** One kind of store, from the build. */
export interface BuiltStore {
  readonly name: 'SQLite' | 'Cassandra';
  /** Opens an empty store. */
  open(name: string): Promise<Storage>;
  /** Number of statements so far, of all opened stores. */
  statements(): number;
  stop(): Promise<void>;
}

/** Both stores; only SQLite if Cassandra is not installed. */
export async function builtStores(context: BenchContext): Promise<BuiltStore[]> {
  const sqlite = await builtSqlite(context.folder);
  const reason = whyNoCassandra();
  if (reason === null) return [sqlite, await builtCassandra()];
  context.say(`without Cassandra: ${reason}`);
  return [sqlite];
}

/** SQLite files below a folder. */
export async function builtSqlite(folder: string): Promise<BuiltStore> {
  const { openSqlite } = await loadBuilt<{ openSqlite(dataDir: string): Promise<Storage> }>(
    'storage/sqlite/open-sqlite.js',
  );
  const count = countStatements();
  return {
    name: 'SQLite',
    open: (name) => openSqlite(join(folder, name)),
    statements: count.statements,
    stop: async () => count.stop(),
  };
}

async function builtCassandra(): Promise<BuiltStore> {
  const server = await startCassandra();
  const proxy = await CassandraProxy.start(server.contactPoints[0] ?? '');
  const { openCassandra } = await loadBuilt<{
    openCassandra(settings: CassandraSettings, clock: Clock): Promise<Storage>;
  }>('storage/cassandra/open-cassandra.js');
  const { SystemClock } = await loadBuilt<{ SystemClock: new () => Clock }>('jobs/system-clock.js');
  return {
    name: 'Cassandra',
    open: (name) => openCassandra(settingsOf(proxy, server, name), new SystemClock()),
    statements: () => proxy.requests,
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

function settingsOf(proxy: CassandraProxy, server: CassandraServer, keyspace: string): CassandraSettings {
  return {
    cassandraContactPoints: [proxy.contactPoint],
    cassandraDatacenter: server.datacenter,
    cassandraKeyspace: keyspace,
    cassandraReplication: [{ datacenter: null, copies: 1 }],
    cassandraUsername: null,
    cassandraPassword: null,
    cassandraTls: false,
    cassandraTlsCa: null,
  };
}

/** Counts the calls of all prepared statements of this process. */
function countStatements(): { statements(): number; stop(): void } {
  let count = 0;
  const methods = ['run', 'get', 'all'] as const;
  const originals = methods.map((name) => [name, StatementSync.prototype[name]] as const);
  for (const [name, original] of originals) {
    const counting = function (this: StatementSync, ...args: unknown[]): unknown {
      count += 1;
      return Reflect.apply(original, this, args);
    };
    Object.defineProperty(StatementSync.prototype, name, {
      value: counting,
      configurable: true,
      writable: true,
    });
  }
  return {
    statements: () => count,
    stop: () => {
      for (const [name, value] of originals)
        Object.defineProperty(StatementSync.prototype, name, { value, configurable: true, writable: true });
    },
  };
}
