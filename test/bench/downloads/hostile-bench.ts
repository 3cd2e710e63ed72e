import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atMost, type Bench, type BenchContext, type BenchResult, median } from '../bench.ts';
import { forked } from './forked.ts';
import type { ImageWeb } from './image-web-types.ts';
import { timeCollector } from './time-collector.ts';

const ASKED = 500;

interface Round {
  readonly oursMs: number;
  /** Time of the same collector with only the good addresses: an ideal that knows the bad ones. */
  readonly idealMs: number;
  /** Kept files that are broken or show a picture of another kept file. */
  readonly bad: number;
}

/** P2: 500 good images out of a web full of stalls, slow hosts, copies and broken files. */
export const hostileBench: Bench = {
  ids: ['P2'],
  async run(context) {
    context.say('making 550 pictures and 128 bad addresses, served by a process of its own');
    await using web = await forked<ImageWeb>('./hostile-web.ts');
    const rounds: Round[] = [];
    for (let round = 0; round < context.rounds; round += 1)
      rounds.push(await measure(join(context.folder, String(round)), inRound(web.said, round), context));
    return resultsOf(rounds);
  },
};

/** Each round has different addresses, so that behaviour at the first request repeats in every round. */
function inRound(web: ImageWeb, round: number): ImageWeb {
  return { ...web, addresses: web.addresses.map((one) => ({ ...one, url: `${one.url}?round=${round}` })) };
}

async function measure(folder: string, web: ImageWeb, { say }: BenchContext): Promise<Round> {
  const goodOnly = { ...web, addresses: web.addresses.filter(({ isGood }) => isGood) };
  const ideal = await timeCollector(join(folder, 'ideal'), forIdeal(goodOnly), {
    decodes: true,
    count: ASKED,
  });
  const ours = await timeCollector(join(folder, 'ours'), web, { decodes: true, count: ASKED });
  await rm(folder, { recursive: true });
  const round = { oursMs: ours.tookMs, idealMs: ideal.tookMs, bad: badIn(ours.kept, web) };
  say(`${Math.round(round.oursMs)} ms, ideal ${Math.round(round.idealMs)} ms, ${round.bad} bad`);
  return round;
}

/** Different addresses for the ideal run, so that they also answer as at the first request. */
function forIdeal(web: ImageWeb): ImageWeb {
  return { ...web, addresses: web.addresses.map((one) => ({ ...one, url: `${one.url}&ideal` })) };
}

/** Number of kept files that are not whole pictures, or duplicates of another kept one. */
function badIn(kept: Awaited<ReturnType<typeof timeCollector>>['kept'], { addresses }: ImageWeb): number {
  const pictures = new Map(addresses.map(({ sha256, picture }) => [sha256, picture ?? null]));
  const shown = kept.map(({ outcome }) =>
    outcome.status === 'kept' ? (pictures.get(outcome.file.sha256) ?? null) : null,
  );
  const whole = shown.filter((picture) => picture !== null);
  return shown.length - new Set(whole).size;
}

function resultsOf(rounds: readonly Round[]): BenchResult[] {
  const runs = rounds.map((round) => ({ ...round }));
  return [
    atMost(
      {
        id: 'P2',
        what: '500 good images among 128 bad addresses: time against the same without the bad ones',
        unit: '×',
        runs,
        figure: median(rounds.map(({ oursMs, idealMs }) => oursMs / idealMs)),
      },
      1.3,
    ),
    atMost(
      {
        id: 'P2',
        what: 'bad files, copies and near duplicates kept, the most of any round',
        unit: 'files',
        runs,
        figure: Math.max(...rounds.map(({ bad }) => bad)),
      },
      0,
    ),
  ];
}
