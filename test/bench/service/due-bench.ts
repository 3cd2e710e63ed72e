import { setTimeout as sleep } from 'node:timers/promises';
import { startReplica } from '../../replica/replica.ts';
import { Service } from '../../support/service/service.ts';
import { until } from '../../support/until.ts';
import { atMost, type Bench, type BenchContext, type BenchResult, percentile } from '../bench.ts';
import { beginsOf, endsOf, planJobs } from './planned-jobs.ts';

const IDLE_JOBS = 100;
const IDLE_EVERY_MS = 301;
const BURST_JOBS = 1000;
/** Far enough ahead for all jobs to be in the records, and known to the queue, before the first is due. */
const AHEAD_MS = 12_000;
const ASK_EVERY_MS = 20;
const ENDS_WITHIN_MS = 180_000;

/**
 * P7: delay of job starts on an idle service, and with a thousand jobs due in one second; page times
 * meanwhile.
 */
export const dueBench: Bench = {
  ids: ['P7'],
  async run(context) {
    const replica = await startReplica({ web: 'clean', searchLatencyMs: [0, 1] });
    const service = await Service.start({
      settings: {
        ...replica.settings,
      },
    });
    try {
      return [await idle(service, context), ...(await burst(service, context))];
    } finally {
      await service.remove();
      await replica.close();
    }
  },
};

async function idle(service: Service, { say }: BenchContext): Promise<BenchResult> {
  const first = Date.now() + AHEAD_MS;
  await planJobs(
    service,
    Array.from({ length: IDLE_JOBS }, (_, index) => first + index * IDLE_EVERY_MS),
  );
  await until('all jobs have ended', () => endsOf(service) >= IDLE_JOBS, ENDS_WITHIN_MS, 100);
  const late = beginsOf(service).map(({ lateMs }) => lateMs);
  const figures = { samples: late.length, p50: percentile(late, 50), p99: percentile(late, 99) };
  say(`idle: ${JSON.stringify(figures)}`);
  const what = 'lateness of a job on an idle service, p99';
  return atMost({ id: 'P7', what, figure: figures.p99, unit: 'ms', runs: [figures] }, 100);
}

async function burst(service: Service, { say }: BenchContext): Promise<BenchResult[]> {
  await service.stop();
  await service.startAgain();
  const first = Date.now() + AHEAD_MS;
  const instants = Array.from({ length: BURST_JOBS }, (_, index) => first + index);
  const planned = await planJobs(service, instants);
  await sleep(first - Date.now());
  const isOver = (): boolean => endsOf(service) >= BURST_JOBS;
  const answersMs = await askMeanwhile(service.url, isOver);
  const begun = beginsOf(service).map(({ jobId }) => jobId);
  const outOfOrder = planned.filter((id, index) => begun[index] !== id).length;
  const lost = planned.filter((id) => !begun.includes(id)).length;
  const web = { answers: answersMs.length, p50: percentile(answersMs, 50), p99: percentile(answersMs, 99) };
  const runs = [{ ...web, begins: begun.length, outOfOrder, lost, tookMs: Date.now() - first }];
  say(`burst: ${JSON.stringify(runs[0])}`);
  return [
    atMost({ id: 'P7', what: '1,000 jobs due at once: lost', figure: lost, unit: 'jobs', runs }, 0),
    atMost(
      { id: 'P7', what: '1,000 jobs due at once: not in due order', figure: outOfOrder, unit: 'jobs', runs },
      0,
    ),
    atMost({ id: 'P7', what: '1,000 jobs due at once: web p99', figure: web.p99, unit: 'ms', runs }, 100),
  ];
}

/** Requests the form repeatedly until `isOver`. @returns response times in milliseconds */
async function askMeanwhile(url: string, isOver: () => boolean): Promise<number[]> {
  const answersMs: number[] = [];
  const deadlineMs = performance.now() + ENDS_WITHIN_MS;
  while (!isOver()) {
    if (performance.now() > deadlineMs) throw new Error('the jobs of the burst do not end');
    const askedMs = performance.now();
    const response = await fetch(url);
    await response.text();
    answersMs.push(performance.now() - askedMs);
    await sleep(ASK_EVERY_MS);
  }
  return answersMs;
}
