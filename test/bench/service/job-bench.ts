import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Service } from '../../support/service/service.ts';
import { hasEnded, submitJob, untilJob } from '../../support/service/service-jobs.ts';
import { atMost, type Bench, type BenchContext, type BenchResult, median } from '../bench.ts';
import { timeCollector } from '../downloads/time-collector.ts';
import { builtBrowser, builtGoogle } from '../search/built-search.ts';
import { watchProcessor } from './family-watch.ts';
import { type OpenedReplica, openReplica } from './open-replica.ts';

const IMAGES = 500;
const PICTURES = { count: IMAGES, leastBytes: 50_000, mostBytes: 400_000 };
const JOB_WITHIN_MS = 300_000;
const NEVER = new AbortController().signal;

interface Round {
  /** Time from the submission of a job that is due now to its link. */
  readonly jobMs: number;
  /** Processor time of the service, its decoder and Chrome meanwhile. */
  readonly cpuMs: number;
  /** Time until as many candidates are found, without downloads. */
  readonly searchMs: number;
  /** Time to download, decode and keep the same pictures if all candidates are known in advance. */
  readonly collectMs: number;
}

/** P6: a whole job against its search alone and its downloads with all checks alone, whichever is longer. */
export const jobBench: Bench = {
  ids: ['P6'],
  async run(context) {
    context.say(`painting ${IMAGES} pictures`);
    const replica = await openReplica(join(context.folder, 'pictures'), PICTURES);
    const service = await Service.start({
      settings: {
        ...replica.settings,
      },
    });
    const browser = await builtBrowser();
    const search = async (): Promise<number> =>
      timeSearch(await builtGoogle(browser, replica.googleUrl), replica);
    try {
      // The first runs only warm up: a browser is started once, not for every job.
      await search();
      await timeJob(service, replica, 1);
      const rounds: Round[] = [];
      for (let round = 0; round < context.rounds; round += 1)
        rounds.push(await measure({ service, replica, search, context }));
      return resultsOf(rounds);
    } finally {
      await browser.onApplicationShutdown();
      await service.remove();
      replica.close();
    }
  },
};

async function measure({
  service,
  replica,
  search,
  context,
}: {
  readonly service: Service;
  readonly replica: OpenedReplica;
  readonly search: () => Promise<number>;
  readonly context: BenchContext;
}): Promise<Round> {
  const { jobMs, cpuMs } = await timeJob(service, replica, IMAGES);
  const searchMs = await search();
  const folder = join(context.folder, 'collected');
  const addresses = replica.urls.map((url) => ({ url, latencyMs: 0, bytes: 0, isGood: true }));
  const web = { addresses, hosts: replica.allowPrivateHosts };
  const { tookMs: collectMs } = await timeCollector(folder, web, { decodes: true, count: IMAGES });
  await rm(folder, { recursive: true });
  const round = { jobMs, cpuMs, searchMs, collectMs };
  context.say(
    JSON.stringify(round, (_key, value: unknown) => (typeof value === 'number' ? Math.round(value) : value)),
  );
  return round;
}

function resultsOf(rounds: readonly Round[]): BenchResult[] {
  const figure = median(
    rounds.map(({ jobMs, searchMs, collectMs }) => jobMs / Math.max(searchMs, collectMs)),
  );
  const what = 'whole job of 500 images against the larger of its search and P3';
  const runs = rounds.map((round) => ({ ...round }));
  const cpuS = median(rounds.map(({ cpuMs }) => cpuMs)) / 1000;
  return [
    atMost({ id: 'P6', what, figure, unit: '×', runs }, 1.25),
    atMost(
      { id: 'P6', what: 'processor time of that job, all processes', figure: cpuS, unit: 's', runs },
      6.5,
    ),
  ];
}

async function timeJob(
  service: Service,
  { query }: OpenedReplica,
  count: number,
): Promise<Pick<Round, 'jobMs' | 'cpuMs'>> {
  const from = performance.now();
  const { id } = await submitJob(service, { query, count, email: 'bench@example.org' });
  const ended = untilJob(service, id, hasEnded, JOB_WITHIN_MS);
  const took = ended.then(() => performance.now() - from);
  const cpuMs = await watchProcessor(service.pid, ended);
  const { delivered } = await ended;
  if (delivered !== count) throw new Error(`${delivered} images were delivered instead of ${count}`);
  return { jobMs: await took, cpuMs };
}

async function timeSearch(
  google: Awaited<ReturnType<typeof builtGoogle>>,
  { query }: OpenedReplica,
): Promise<number> {
  const from = performance.now();
  let found = 0;
  for await (const batch of google.search({ text: query, filters: {} }, NEVER)) {
    found += batch.length;
    if (found >= IMAGES) break;
  }
  if (found < IMAGES) throw new Error(`only ${found} candidates`);
  return performance.now() - from;
}
