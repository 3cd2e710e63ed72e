import type { Readable } from 'node:stream';
import { isAppError } from '../jobs/app-error.js';
import { errorCode } from '../jobs/error-code.js';
import type { Job, JobId, JobRequest } from '../jobs/job.js';
import { isFinal } from '../jobs/job-states.js';
import type { JobWatcher } from '../jobs/job-watcher.js';
import type { JobsService } from '../jobs/jobs.service.js';
import { fileTitle } from '../jobs/wording/what-text.js';
import type { RawFields } from '../validation/problem.js';
import type { RequestValidator } from '../validation/request-validator.js';
import { type CommandLine, TO_OUTPUT } from './command-line.js';
import { type Destination, DestinationRefused, FileDestination, OutputDestination } from './destination.js';
import { CANCELLED, detailsOf, jobTrouble, summaryOf, troubleOf, writingTrouble } from './endings.js';
import { ListRefused } from './list-file.js';
import { progressLine } from './progress-line.js';
import type { Results, Stdout, Trouble } from './results.js';
import type { Screen } from './screen.js';

/** Exit codes of the terminal door. */
export const EXIT = { archive: 0, failed: 1, wrongRequest: 2, interrupted: 130 } as const;

const ASKS_TO_CONFIRM =
  'If the address has not been confirmed here, a first mail asks for it; nothing else is sent before.';

/** Dependencies of the terminal door. */
export interface TerminalDependencies {
  readonly jobs: Pick<JobsService, 'submit' | 'cancel' | 'get' | 'asksToConfirm'>;
  readonly watcher: Pick<JobWatcher, 'watch'>;
  readonly validator: Pick<RequestValidator, 'validate'>;
  /** The lines of a list. @throws ListRefused */
  readonly readList: (from: string, signal: AbortSignal) => Promise<string>;
  /** Runs the job here or waits for the running service to do it; returns at its end. */
  readonly seeThrough: (id: JobId) => Promise<void>;
  readonly openArchive: (job: Job) => Promise<Readable>;
  /** Name of a zip in plain ASCII, without extension. */
  readonly nameFor: (title: string) => string;
  /** The job as the HTTP API shows it. */
  readonly present: (job: Job) => object;
  /** Path of the stored zip until the job is deleted; null if it is not on this machine. */
  readonly archivePath: (job: Job) => string | null;
  readonly screen: Screen;
  readonly stdout: Stdout;
  readonly results: Results;
  /** The person's current folder. */
  readonly folder: string;
  /** The person's time zone; undefined if unknown. */
  readonly timeZone: string | undefined;
}

/**
 * Runs one job in the foreground and copies its zip to its destination, or reports what went wrong.
 * @param interrupt aborts when the person interrupts; the job is then cancelled
 * @returns the exit code
 */
export async function runInTerminal(
  command: CommandLine,
  deps: TerminalDependencies,
  interrupt: AbortSignal,
): Promise<number> {
  try {
    const list = command.from === undefined ? null : await deps.readList(command.from, interrupt);
    const checked = deps.validator.validate(rawFields(command, list, deps), { refusesUnknown: true });
    if (!checked.ok) return await refuse(deps, checked.problems);
    const { request } = checked;
    const destination = destinationFor(command, request, deps);
    await destination.check();
    if (interrupt.aborted) return await stopBeforeStart(deps);
    const job = await runToItsEnd(request, deps, interrupt);
    return await deliver(job, destination, deps);
  } catch (error) {
    if (error instanceof DestinationRefused)
      return refuse(deps, [{ field: 'out', code: error.code, message: error.message }]);
    if (error instanceof ListRefused)
      return refuse(deps, [{ field: 'queries', code: error.code, message: error.message }]);
    if (interrupt.aborted && isAbortError(error)) return stopBeforeStart(deps);
    // Any other error is a bug, so its stack has to be shown.
    if (!isAppError(error) && errorCode(error) === null) throw error;
    await deps.results.trouble(troubleOf(error));
    return EXIT.failed;
  }
}

function rawFields(
  { query, count, email, more }: CommandLine,
  list: string | null,
  { timeZone }: TerminalDependencies,
): RawFields {
  const known = {
    ...(email === undefined ? {} : { email }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  return { ...more, ...(list === null ? { query } : { queries: list }), count, ...known };
}

function destinationFor(
  { out, force }: CommandLine,
  request: JobRequest,
  { nameFor, folder, stdout }: TerminalDependencies,
): Destination {
  if (out === TO_OUTPUT) return new OutputDestination(stdout);
  return new FileDestination(out ?? `${nameFor(fileTitle(request))}.zip`, folder, force);
}

async function refuse(
  { results }: TerminalDependencies,
  errors: NonNullable<Trouble['errors']>,
): Promise<number> {
  await results.trouble({
    code: 'request.invalid',
    title: 'Some fields need your attention',
    detail: 'See what is wrong with each field, change it and ask again.',
    errors,
  });
  return EXIT.wrongRequest;
}

async function stopBeforeStart({ results }: TerminalDependencies): Promise<number> {
  await results.trouble(CANCELLED);
  return EXIT.interrupted;
}

async function runToItsEnd(
  request: JobRequest,
  deps: TerminalDependencies,
  interrupt: AbortSignal,
): Promise<Job> {
  if (deps.jobs.asksToConfirm(request)) deps.screen.say(ASKS_TO_CONFIRM);
  const { id } = await deps.jobs.submit('terminal', request);
  await Promise.all([deps.seeThrough(id), showProgress(id, deps), cancelOn(interrupt, id, deps)]);
  return deps.jobs.get(id);
}

function isAbortError(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

async function showProgress(id: JobId, { watcher, screen }: TerminalDependencies): Promise<void> {
  try {
    for await (const job of watcher.watch(id, new AbortController().signal))
      screen.show((columns) => progressLine(job, columns));
  } finally {
    screen.endStatus();
  }
}

/** Cancels the job when the person interrupts; returns at the end of the job. */
async function cancelOn(
  interrupt: AbortSignal,
  id: JobId,
  { jobs, watcher }: TerminalDependencies,
): Promise<void> {
  for await (const job of watcher.watch(id, interrupt)) if (isFinal(job.state)) return;
  if (!interrupt.aborted) return;
  try {
    await jobs.cancel(id);
  } catch (error) {
    // The job ended or was deleted at the same moment; its record says how.
    if (!isAppError(error, 'job.not_possible_now', 'job.not_found')) throw error;
  }
}

async function deliver(job: Job, destination: Destination, deps: TerminalDependencies): Promise<number> {
  const { screen, results, present } = deps;
  const trouble = jobTrouble(job) ?? (await writeZip(job, destination, deps));
  if (trouble === null) screen.say(summaryOf(job));
  else results.explain(trouble);
  if (job.state !== 'cancelled') for (const line of detailsOf(job)) screen.say(line);
  const isTold = await results.job(present(job), trouble === null ? destination.path : null, trouble);
  if (trouble !== null) return job.state === 'cancelled' ? EXIT.interrupted : EXIT.failed;
  return isTold ? EXIT.archive : EXIT.failed;
}

/** @returns why the zip could not be written; null if it was written */
async function writeZip(
  job: Job,
  destination: Destination,
  { openArchive, archivePath }: TerminalDependencies,
): Promise<Trouble | null> {
  try {
    await destination.write(await openArchive(job));
    return null;
  } catch (error) {
    if (error instanceof DestinationRefused) return writingTrouble(error, job, archivePath(job));
    if (!isAppError(error)) throw error;
    return troubleOf(error);
  }
}
