import type { INestApplicationContext } from '@nestjs/common';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import type { Job } from '../jobs/job.js';
import { JobStore } from '../jobs/job-store.port.js';
import { JobWatcher } from '../jobs/job-watcher.js';
import { JobsService } from '../jobs/jobs.service.js';
import { WorkerLease } from '../jobs/worker-lease.port.js';
import { RUN_DEPENDENCIES, type RunDependencies } from '../pipeline/run-dependencies.js';
import { runJob } from '../pipeline/run-job.js';
import { RequestValidator } from '../validation/request-validator.js';
import { JobPresenter } from '../presenting/job-presenter.js';
import { ArchiveStore } from '../zipping/archive-store.port.js';
import { archiveBaseName } from '../zipping/entry-names.js';
import { readList } from './list-file.js';
import { seeThrough } from './see-through.js';
import type { TerminalDependencies } from './terminal-door.js';

/** Deadline for opening the zip, in milliseconds. */
const OPEN_WITHIN_MS = 10_000;

/** Takes the dependencies of the terminal door from the application. */
export function terminalDependencies(
  app: INestApplicationContext,
  own: Pick<TerminalDependencies, 'screen' | 'stdout' | 'results' | 'folder'> & { readonly stdin: Readable },
): TerminalDependencies {
  const deps = app.get<RunDependencies>(RUN_DEPENDENCIES, { strict: false });
  const presenter = app.get(JobPresenter, { strict: false });
  const { dataDir } = app.get<Settings>(SETTINGS_TOKEN, { strict: false });
  const watcher = app.get(JobWatcher);
  const seeing = {
    store: app.get(JobStore),
    watcher,
    lease: app.get(WorkerLease),
    clock: app.get(Clock),
    run: (id: string, signal: AbortSignal) => runJob(id, signal, deps),
  };
  return {
    ...own,
    jobs: app.get(JobsService),
    watcher,
    validator: app.get(RequestValidator, { strict: false }),
    readList: (from, signal) => readList(from, own.folder, own.stdin, signal),
    seeThrough: (id) => seeThrough(id, seeing),
    openArchive: (job) => openArchive(job, app.get(ArchiveStore, { strict: false })),
    nameFor: archiveBaseName,
    present: (job) => presenter.present(job),
    archivePath: ({ archive }) =>
      archive === null ? null : join(resolve(dataDir), 'archives', archive.name),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/**
 * Opens the zip of a ready job. Reading it has no deadline.
 * @param withinMs deadline for opening, in milliseconds
 */
export async function openArchive(
  { archive }: Pick<Job, 'archive'>,
  archives: Pick<ArchiveStore, 'open'>,
  withinMs = OPEN_WITHIN_MS,
): ReturnType<TerminalDependencies['openArchive']> {
  if (archive === null) throw new Error('there is no archive');
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('The zip could not be opened in time.')), withinMs);
  try {
    return await archives.open(archive.name, null, late.signal);
  } finally {
    clearTimeout(timer);
  }
}
