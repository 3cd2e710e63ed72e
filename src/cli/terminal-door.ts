import type { Readable } from 'node:stream';
import { resolve } from 'node:path';
import type { FailureCode } from '../jobs/failure-codes.js';
import type { Job, JobId, JobRequest } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import type { JobWatcher } from '../jobs/job-watcher.js';
import type { JobsService } from '../jobs/jobs.service.js';
import { sizeText } from '../jobs/amount-text.js';
import { engineReportText } from '../jobs/engine-wording.js';
import { failureWording, shortfallWording } from '../jobs/wording.js';
import type { RequestValidator } from '../validation/request-validator.js';
import type { CommandLine } from './command-line.js';
import { optionOf } from './more-options.js';
import { ProgressDisplay } from './progress-display.js';
import { writeWhole } from './write-whole.js';

/** Exit codes of the terminal door. */
export const EXIT = { archive: 0, failed: 1, wrongRequest: 2, interrupted: 130 } as const;

const ASKS_TO_CONFIRM =
  'If the address has not been confirmed here, a first mail asks for it; nothing else is sent before.\n';

/** What the terminal door needs of the rest of the product. */
export interface TerminalRooms {
  readonly jobs: Pick<JobsService, 'submit' | 'cancel' | 'get' | 'asksToConfirm'>;
  readonly watcher: Pick<JobWatcher, 'watch'>;
  readonly validator: Pick<RequestValidator, 'validate'>;
  /** Sees to it that the job is run, here or by the service that is already running; returns at its end. */
  readonly seeThrough: (id: JobId) => Promise<void>;
  readonly openArchive: (job: Job) => Promise<Readable>;
  /** The name for a zip of this query, without extension. */
  readonly nameFor: (query: string) => string;
  /** Where progress and messages go. */
  readonly screen: NodeJS.WriteStream;
}

/**
 * Runs one job in the foreground and copies its zip to where it was asked for.
 * @param interrupt aborts when the person wants no more: the job is cancelled
 * @returns the exit code
 */
export async function runInTerminal(
  command: CommandLine,
  rooms: TerminalRooms,
  interrupt: AbortSignal,
): Promise<number> {
  const request = readRequest(command, rooms);
  if (request === null) return EXIT.wrongRequest;
  if (rooms.jobs.asksToConfirm(request)) rooms.screen.write(ASKS_TO_CONFIRM);
  const { id } = await rooms.jobs.submit('terminal', request);
  await Promise.all([rooms.seeThrough(id), showProgress(id, rooms), cancelOn(interrupt, id, rooms)]);
  const job = await rooms.jobs.get(id);
  if (job.state === 'cancelled') return EXIT.interrupted;
  return deliver(job, command, rooms);
}

function readRequest({ query, count, email, more }: CommandLine, rooms: TerminalRooms): JobRequest | null {
  const raw = { ...more, query, count, ...(email === undefined ? {} : { email }) };
  const checked = rooms.validator.validate(raw, { needsEmail: false, refusesUnknown: true });
  if (checked.ok) return checked.request;
  for (const { field, message } of checked.problems)
    rooms.screen.write(`${optionOf(field) ?? field}: ${message}\n`);
  return null;
}

async function showProgress(id: JobId, { watcher, screen }: TerminalRooms): Promise<void> {
  const display = new ProgressDisplay(screen);
  try {
    for await (const job of watcher.watch(id, new AbortController().signal)) display.show(job);
  } finally {
    display.stop();
  }
}

/** Cancels the job when the person interrupts; returns at the end of the job. */
async function cancelOn(interrupt: AbortSignal, id: JobId, { jobs, watcher }: TerminalRooms): Promise<void> {
  for await (const job of watcher.watch(id, interrupt)) if (isFinal(job.state)) return;
  if (interrupt.aborted) await jobs.cancel(id);
}

async function deliver(job: Job, command: CommandLine, rooms: TerminalRooms): Promise<number> {
  const say = (line: string): boolean => rooms.screen.write(`${line}\n`);
  if (job.archive === null) {
    say(job.cause === null ? `The job ended as ${job.state}.` : explain(job.cause.code));
    return EXIT.failed;
  }
  const out = resolve(command.out ?? `${rooms.nameFor(job.request.query)}.zip`);
  await writeWhole(await rooms.openArchive(job), out);
  say(`${job.delivered} of ${job.request.count} images, ${sizeText(job.archive.bytes)}: ${out}`);
  for (const report of job.progress.engines) say(`  ${engineReportText(report)}`);
  for (const { reason, count } of job.shortfall) say(`  ${count} × ${shortfallWording(reason)}`);
  return EXIT.archive;
}

function explain(code: FailureCode): string {
  const { what, next } = failureWording(code);
  return `${what} ${next}`;
}
