import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { bootConfiguration } from '../config/boot-configuration.js';
import { Clock } from '../jobs/clock.port.js';
import type { Job } from '../jobs/job.js';
import { JobStore } from '../jobs/job-store.port.js';
import { JobWatcher } from '../jobs/job-watcher.js';
import { JobsService } from '../jobs/jobs.service.js';
import { WorkerLease } from '../jobs/worker-lease.port.js';
import { ROOMS, type Rooms } from '../pipeline/rooms.js';
import { runJob } from '../pipeline/run-job.js';
import { startFailure } from '../start-failure.js';
import { STDERR_LOG, stopAfterFailure } from '../stop-on-signal.js';
import { RequestValidator } from '../validation/request-validator.js';
import { ArchiveStore } from '../zipping/archive-store.port.js';
import { archiveBaseName } from '../zipping/entry-names.js';
import { CliModule } from './cli.module.js';
import { readCommandLine } from './command-line.js';
import { seeThrough } from './see-through.js';
import { EXIT, runInTerminal, type TerminalRooms } from './terminal-door.js';

/** Longest the zip may take to be opened. */
const OPEN_WITHIN_MS = 10_000;

/** The whole program. @returns its exit code */
export async function main(words: readonly string[]): Promise<number> {
  const read = readCommandLine(words);
  if (!read.ok) {
    (read.isHelp ? process.stdout : process.stderr).write(`${read.text}\n`);
    return read.isHelp ? EXIT.archive : EXIT.wrongRequest;
  }
  const app = await start();
  if (app === null) return EXIT.failed;
  try {
    return await runInTerminal(read.command, roomsOf(app), interruption());
  } finally {
    await app.close();
  }
}

/** Puts the product together. @returns null, having said why, where that cannot be */
async function start(): Promise<INestApplicationContext | null> {
  const { settings, secrets, warnings } = bootConfiguration();
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  try {
    const app = await NestFactory.createApplicationContext(CliModule.of(settings, secrets), {
      // What is logged before the product's own logger is there waits for it; Nest's is never heard.
      logger: false,
      bufferLogs: true,
      // Else Nest itself ends the process, without a reason that helps.
      abortOnError: false,
    });
    app.useLogger(app.get(Logger));
    return app;
  } catch (error) {
    process.stderr.write(`${startFailure(error, settings)}\n`);
    await stopAfterFailure(null, STDERR_LOG);
    return null;
  }
}

/** Aborts at the first Ctrl-C or SIGTERM. */
function interruption(): AbortSignal {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupt.abort());
  return interrupt.signal;
}

function roomsOf(app: INestApplicationContext): TerminalRooms {
  const rooms = app.get<Rooms>(ROOMS, { strict: false });
  const watcher = app.get(JobWatcher);
  const seeing = {
    store: app.get(JobStore),
    watcher,
    lease: app.get(WorkerLease),
    clock: app.get(Clock),
    run: (id: string, signal: AbortSignal) => runJob(id, signal, rooms),
  };
  return {
    jobs: app.get(JobsService),
    watcher,
    validator: app.get(RequestValidator, { strict: false }),
    seeThrough: (id) => seeThrough(id, seeing),
    openArchive: (job) => openArchive(job, app.get(ArchiveStore, { strict: false })),
    nameFor: archiveBaseName,
    screen: process.stderr,
  };
}

/**
 * Opens the zip of a job that is ready; reading it may take as long as it takes.
 * @param withinMs longest the opening may take
 */
export async function openArchive(
  { archive }: Pick<Job, 'archive'>,
  archives: Pick<ArchiveStore, 'open'>,
  withinMs = OPEN_WITHIN_MS,
): ReturnType<TerminalRooms['openArchive']> {
  if (archive === null) throw new Error('there is no archive');
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('The zip could not be opened in time.')), withinMs);
  try {
    return await archives.open(archive.name, null, late.signal);
  } finally {
    clearTimeout(timer);
  }
}
