import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, JobId } from './job.js';
import { isFinal } from './job-states.js';
import { JobStore } from './job-store.port.js';

const POLL_MS = 1000;

/** The polling loop of one job, shared by all its watchers. */
interface Poll {
  readonly listeners: Set<(next: Job | null | Error) => void>;
  readonly stop: AbortController;
}

/** Follows jobs from any process: polls the store once a second for each watched job. */
@Injectable()
export class JobWatcher {
  private readonly polls = new Map<JobId, Poll>();

  constructor(private readonly store: JobStore) {}

  /**
   * Yields the current job, then each change, until the job is final or gone.
   * @param signal ends the watch quietly
   * @throws AppError of the store if it cannot be read
   */
  async *watch(id: JobId, signal: AbortSignal): AsyncGenerator<Job, void, void> {
    let last = await this.store.get(id);
    while (last !== null && !signal.aborted) {
      yield last;
      if (isFinal(last.state)) return;
      last = await this.changeAfter(last, signal);
    }
  }

  private changeAfter(seen: Job, signal: AbortSignal): Promise<Job | null> {
    return new Promise((resolve, reject) => {
      const poll = this.polls.get(seen.id) ?? this.startPoll(seen.id);
      const leave = (): void => {
        poll.listeners.delete(listen);
        signal.removeEventListener('abort', onAbort);
        if (poll.listeners.size > 0) return;
        poll.stop.abort();
        this.polls.delete(seen.id);
      };
      const listen = (next: Job | null | Error): void => {
        if (next !== null && 'version' in next && next.version === seen.version) return;
        leave();
        if (next instanceof Error) reject(next);
        else resolve(next);
      };
      const onAbort = (): void => {
        leave();
        resolve(null);
      };
      poll.listeners.add(listen);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  private startPoll(id: JobId): Poll {
    const poll: Poll = { listeners: new Set(), stop: new AbortController() };
    this.polls.set(id, poll);
    void this.run(id, poll);
    return poll;
  }

  private async run(id: JobId, poll: Poll): Promise<void> {
    for (;;) {
      const next = await this.read(id, poll.stop.signal);
      if (poll.stop.signal.aborted) return;
      for (const listener of poll.listeners) listener(next);
    }
  }

  private async read(id: JobId, signal: AbortSignal): Promise<Job | null | Error> {
    try {
      await sleep(POLL_MS, undefined, { signal, ref: false });
      return await this.store.get(id);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
