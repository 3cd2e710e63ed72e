import { describeDue } from './due.contract.js';
import { describeJobLife } from './job-life.contract.js';
import { describeJobRaces } from './job-races.contract.js';
import { describeKeyedStore } from './keyed-store.contract.js';
import { describeOutbox } from './outbox.contract.js';
import { describeRecords } from './records.contract.js';
import type { StoreHarness } from './store-harness.js';
import { describeWorkerLease } from './worker-lease.contract.js';

/** The common contract of all stores, run against a real one. */
export function describeStore(start: () => Promise<StoreHarness>): void {
  let harness: StoreHarness | null = null;
  const started = (): StoreHarness => {
    if (harness === null) throw new Error('the store did not start');
    return harness;
  };
  beforeAll(async () => {
    harness = await start();
  }, 120_000);
  afterAll(async () => {
    await harness?.stop();
  }, 60_000);

  describeJobLife(started);
  describeJobRaces(started);
  describeOutbox(started);
  describeDue(started);
  describeRecords(started);
  describeKeyedStore(started);
  describeWorkerLease(started);
}
