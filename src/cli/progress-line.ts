import { sizeText } from '../jobs/wording/amount-text.js';
import { leftOutOf } from '../jobs/wording/found-wording.js';
import { queriesOf, queryName } from '../jobs/request/request-queries.js';
import type { Job } from '../jobs/job.js';

const SHORT_NAME = /^[ -~]{1,24}$/;
const WIDEST_BAR = 28;
const NARROWEST_BAR = 10;
/** Width of the longest stage, so that the bar always starts in the same column. */
const LONGEST_STAGE = 'downloading'.length;

/**
 * Describes the progress of a job in one line. Parts that do not fit are left out whole, so that no number is
 * cut. The line is ASCII, since terminals set to Chinese or Japanese show block characters twice as wide.
 * @param columns width of the terminal; null for a line in a file, without a bar
 */
export function progressLine(job: Job, columns: number | null): string {
  const [count, ...facts] = factsOf(job);
  const texts = facts.map((_fact, index) => [count, ...facts.slice(0, index + 1)].join(', '));
  const choices = [...texts.toReversed(), count];
  if (columns === null) return `${nowDoing(job)} ${choices[0]}`;
  const stage = nowDoing(job).padEnd(LONGEST_STAGE);
  // Many terminals wrap a line that fills the last column.
  const room = columns - 1;
  const barred = choices.find((text) => room >= `${stage} [] ${text}`.length + NARROWEST_BAR);
  if (barred !== undefined) return `${stage} ${bar(job, room - `${stage} [] ${barred}`.length)} ${barred}`;
  return [`${nowDoing(job)} ${count}`, count].find((text) => text.length <= room) ?? '';
}

function factsOf(job: Job): [string, ...string[]] {
  const { found, bytes } = job.progress;
  return [
    `${keptOf(job)}/${job.request.count}`,
    ...searchOf(job),
    `${leftOutOf(job.progress)} left out`,
    `${found} found`,
    sizeText(bytes),
  ];
}

/** The search that runs, of several; its name only if it is short and ASCII. */
function searchOf({ request, progress }: Job): string[] {
  const queries = queriesOf(request);
  if (queries.length === 1) return [];
  const last = progress.queries?.findLastIndex(({ engines }) => engines.length > 0) ?? 0;
  const [index, query] = [Math.max(0, last), queries[Math.max(0, last)]];
  const name = query === undefined ? '' : queryName(query);
  return [`search ${index + 1} of ${queries.length}${SHORT_NAME.test(name) ? ` (${name})` : ''}`];
}

function bar(job: Job, room: number): string {
  const width = Math.min(room, WIDEST_BAR);
  const done = Math.floor((keptOf(job) / job.request.count) * width);
  return `[${'#'.repeat(done)}${'-'.repeat(width - done)}]`;
}

function keptOf({ progress, delivered, request }: Job): number {
  return Math.min(request.count, Math.max(progress.kept, delivered));
}

function nowDoing({ stage, state, attempts }: Job): string {
  if (state === 'scheduled' && attempts > 0) return 'tries again';
  return stage ?? state;
}
