import type { Readable } from 'node:stream';
import { resolve } from 'node:path';
import { isAppError } from '../jobs/app-error.js';
import { errorCode } from '../jobs/error-code.js';
import type { FailureCode } from '../jobs/failure-codes.js';
import type { Job, JobId, JobRequest, ShortfallEntry } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import type { JobWatcher } from '../jobs/job-watcher.js';
import type { JobsService } from '../jobs/jobs.service.js';
import { sizeText } from '../jobs/amount-text.js';
import { engineReportTexts } from '../jobs/engine-wording.js';
import { failureReport, nextText } from '../jobs/failure-report.js';
import { failureWording, shortfallWording } from '../jobs/wording.js';
import type { RequestValidator } from '../validation/request-validator.js';
import type { CommandLine } from './command-line.js';
import { optionOf } from './more-options.js';
import { ProgressDisplay } from './progress-display.js';
import { assertWritable, writeWhole } from './write-whole.js';

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
  readonly screen: NodeJS.WritableStream;
}

/**
 * Runs one job in the foreground and copies its zip to where it was asked for; says what went wrong where it did.
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
  const out = resolve(command.out ?? `${rooms.nameFor(request.query)}.zip`);
  try {
    await assertWritable(out);
  } catch (error) {
    rooms.screen.write(`--out: nothing can be written there (${reasonOf(error)}).\n`);
    return EXIT.wrongRequest;
  }
  try {
    const job = await runToItsEnd(request, rooms, interrupt);
    return job.state === 'cancelled' ? EXIT.interrupted : await deliver(job, out, rooms);
  } catch (error) {
    // An error with neither is a mistake of this program, and its stack is what helps.
    if (!isAppError(error) && errorCode(error) === null) throw error;
    rooms.screen.write(`${isAppError(error) ? explain(error.code) : reasonOf(error)}\n`);
    return EXIT.failed;
  }
}

async function runToItsEnd(request: JobRequest, rooms: TerminalRooms, interrupt: AbortSignal): Promise<Job> {
  if (rooms.jobs.asksToConfirm(request)) rooms.screen.write(ASKS_TO_CONFIRM);
  const { id } = await rooms.jobs.submit('terminal', request);
  await Promise.all([rooms.seeThrough(id), showProgress(id, rooms), cancelOn(interrupt, id, rooms)]);
  return rooms.jobs.get(id);
}

function readRequest({ query, count, email, more }: CommandLine, rooms: TerminalRooms): JobRequest | null {
  const raw = { ...more, query, count, ...(email === undefined ? {} : { email }) };
  const checked = rooms.validator.validate(raw, { refusesUnknown: true });
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
  if (!interrupt.aborted) return;
  try {
    await jobs.cancel(id);
  } catch (error) {
    // It ended, or was deleted, in the same moment: how, is read from the job itself.
    if (!isAppError(error, 'job.not_possible_now', 'job.not_found')) throw error;
  }
}

async function deliver(job: Job, out: string, rooms: TerminalRooms): Promise<number> {
  const say = (line: string): boolean => rooms.screen.write(`${line}\n`);
  if (job.archive === null) return tellFailure(job, say);
  await writeWhole(await rooms.openArchive(job), out);
  say(`${job.delivered} of ${job.request.count} images, ${sizeText(job.archive.bytes)}: ${out}`);
  tellReasons(engineReportTexts(job), job.shortfall, say);
  return EXIT.archive;
}

function tellFailure(job: Job, say: (line: string) => void): number {
  const report = failureReport(job);
  const words = `${report.what} ${nextText(report, job.request.timeZone)}`;
  say(job.cause === null ? `The job ended as ${job.state}.` : words);
  tellReasons(report.engines, report.rejections, say);
  return EXIT.failed;
}

function tellReasons(
  engines: readonly string[],
  reasons: readonly ShortfallEntry[],
  say: (line: string) => void,
): void {
  for (const text of engines) say(`  ${text}`);
  for (const { reason, count } of reasons) say(`  ${count} × ${shortfallWording(reason)}`);
}

function explain(code: FailureCode): string {
  const { what, next } = failureWording(code);
  return `${what} ${next}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
