import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import { JobStore } from '../jobs/job-store.port.js';
import { KeyedStore } from '../jobs/keyed-store.port.js';
import { WorkerLease } from '../jobs/worker-lease.port.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import type { Storage } from './storage.js';

const STORAGE = Symbol('Storage');

/** Loads the Cassandra driver only if it is used. */
async function open(settings: Settings, clock: Clock): Promise<Storage> {
  if (settings.store === 'sqlite') return openSqlite(settings.dataDir);
  const { openCassandra } = await import('./cassandra/open-cassandra.js');
  return openCassandra(settings, clock, (said) => sayWaiting(settings, said));
}

/** Printed, since there are no logs until the service is assembled, and that waits for the store. */
function sayWaiting({ cassandraContactPoints }: Settings, said: string): void {
  const where = cassandraContactPoints.join(', ');
  process.stderr.write(`Waiting up to a minute for Cassandra at ${where} (${said})…\n`);
}

/** The records of the service, in the store named by `STORE`; closed after everything else has stopped. */
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
