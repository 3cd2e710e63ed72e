import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import { JobStore } from '../jobs/job-store.port.js';
import { KeyedStore } from '../jobs/keyed-store.port.js';
import { WorkerLease } from '../jobs/worker-lease.port.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import type { Storage } from './storage.js';

const STORAGE = Symbol('Storage');

/** Opens the configured store; loads Cassandra's driver only if needed. */
async function open(settings: Settings, clock: Clock): Promise<Storage> {
  if (settings.store === 'sqlite') return openSqlite(settings.dataDir);
  const { openCassandra } = await import('./cassandra/open-cassandra.js');
  return openCassandra(settings, clock, (said) => sayWaiting(settings, said));
}

/** Writes to stderr, because the logger does not exist before the stores are open. */
function sayWaiting({ cassandraContactPoints }: Settings, said: string): void {
  const where = cassandraContactPoints.join(', ');
  process.stderr.write(`Waiting up to a minute for Cassandra at ${where} (${said})…\n`);
}

/** Provides the store that `STORE` selects; closes it after all other parts have stopped. */
@Global()
@Module({
  providers: [
    {
      provide: STORAGE,
      inject: [SETTINGS_TOKEN, Clock],
      useFactory: open,
    },
    { provide: JobStore, inject: [STORAGE], useFactory: (storage: Storage) => storage.jobs },
    { provide: KeyedStore, inject: [STORAGE], useFactory: (storage: Storage) => storage.keyed },
    { provide: WorkerLease, inject: [STORAGE], useFactory: (storage: Storage) => storage.lease },
  ],
  exports: [JobStore, KeyedStore, WorkerLease],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  async onApplicationShutdown(): Promise<void> {
    await this.storage.close();
  }
}
