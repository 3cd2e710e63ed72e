import { setTimeout as sleep } from 'node:timers/promises';
import { hostname } from 'node:os';
import type { Clock } from '../jobs/clock.port.js';
import type { JobId } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import type { JobStore } from '../jobs/job-store.port.js';
import type { JobWatcher } from '../jobs/job-watcher.js';
import type { RunJob } from '../jobs/job-queue.port.js';
import type { WorkerLease } from '../jobs/worker-lease.port.js';

/** Longest wait between two looks at a job that waits for its next attempt, in milliseconds. */
const LOOK_EVERY_MS = 1000;

/** Dependencies of `seeThrough`. */
export interface SeeThroughDependencies {
  readonly store: Pick<JobStore, 'get'>;
  readonly watcher: Pick<JobWatcher, 'watch'>;
  readonly lease: WorkerLease;
  readonly clock: Clock;
  readonly run: RunJob;
}

/**
 * Runs one job to its end here, or waits until the service that runs the jobs of these records has run it.
 */
export async function seeThrough(id: JobId, deps: SeeThroughDependencies): Promise<void> {
  const owner = `${hostname()}:${process.pid}:terminal`;
  const never = new AbortController().signal;
  const { isHeld } = await deps.lease.acquire(owner, never);
  if (!isHeld) {
    for await (const job of deps.watcher.watch(id, never)) if (isFinal(job.state)) return;
    return;
  }
  const renewal = setInterval(() => void deps.lease.renew(owner), deps.lease.renewEveryMs);
  try {
    await runUntilFinal(id, deps, never);
  } finally {
    clearInterval(renewal);
    await deps.lease.release(owner);
  }
}

async function runUntilFinal(id: JobId, deps: SeeThroughDependencies, signal: AbortSignal): Promise<void> {
  for (
    let job = await deps.store.get(id);
    job !== null && !isFinal(job.state);
    job = await deps.store.get(id)
  ) {
    const waitMs = job.dueAt - deps.clock.now();
    if (waitMs > 0) await sleep(Math.min(waitMs, LOOK_EVERY_MS));
    else await deps.run(id, signal);
  }
}
