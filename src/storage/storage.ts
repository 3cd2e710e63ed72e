import type { JobStore } from '../jobs/job-store.port.js';
import type { KeyedStore } from '../jobs/keyed-store.port.js';
import type { WorkerLease } from '../jobs/worker-lease.port.js';

/** The adapters of an open store; they share its connection. */
export interface Storage {
  readonly jobs: JobStore;
  readonly keyed: KeyedStore;
  readonly lease: WorkerLease;
  /** Closes everything. Safe to call twice. */
  close(): Promise<void>;
}
