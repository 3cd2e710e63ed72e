import { request } from 'node:http';
import { join } from 'node:path';
import { Service } from '../../support/service/service.ts';
import { atLeast, atMost, type Bench, median } from '../bench.ts';
import { watchMemory } from '../service/family-watch.ts';
import { type PackedPage, packedPage } from './packed-page.ts';
import { writeImages, zipJob } from './zip-job.ts';

const IMAGES = 500;
const NUMBERS = Array.from({ length: IMAGES }, (_, index) => index + 1);
/** The most demanding choice, with a range for each image, and one that is a single range. */
const PICKS = {
  'every second image': NUMBERS.filter((number) => number % 2 === 0),
  'the first half': NUMBERS.slice(0, IMAGES / 2),
} as const;
/** Each choice is measured without its plan being remembered. */
const EXTRA = 10;

interface Reading {
  readonly firstMs: number;
  /** Bytes in a millisecond. */
  readonly speed: number;
}

interface Round {
  readonly whole: Reading;
  readonly picks: readonly Reading[];
}

/** PICK: zips of chosen images from the running service, against the whole zip of the same job. */
export const pickBench: Bench = {
  ids: ['PICK'],
  async run({ folder, rounds, say }) {
    const images = join(folder, 'images');
    const job = await zipJob(join(folder, 'archives'), images, await writeImages(images, IMAGES));
    await job.pack(1);
    const service = await Service.start();
    try {
      const page = await packedPage(service, job.path);
      const measured: Round[] = [];
      const measure = async (): Promise<void> => {
        for (let round = 0; round < rounds; round += 1) {
          measured.push(await measureRound(page, round));
          say(JSON.stringify(measured.at(-1), (_key, value: unknown) => rounded(value)));
        }
      };
      await timeReading(page.whole);
      const { serviceBytes } = await watchMemory(service.pid, measure());
      return [
        ...Object.keys(PICKS).map((what, index) => speedOf(what, index, measured)),
        ...othersOf(measured, serviceBytes),
      ];
    } finally {
      await service.remove();
    }
  },
};

async function measureRound(page: PackedPage, round: number): Promise<Round> {
  const whole = await timeReading(page.whole);
  const picks: Reading[] = [];
  for (const numbers of Object.values(PICKS)) {
    const other = NUMBERS.slice(round % EXTRA, (round % EXTRA) + 1);
    picks.push(await timeReading(await page.pick([...numbers, ...other])));
  }
  return { whole, picks };
}

function speedOf(what: string, index: number, rounds: readonly Round[]) {
  const figure = median(rounds.map(({ whole, picks }) => (picks[index]?.speed ?? Number.NaN) / whole.speed));
  const runs = rounds.map(({ whole, picks }) => ({
    whole: whole.speed,
    picked: picks[index]?.speed ?? Number.NaN,
  }));
  return atLeast(
    { id: 'PICK', what: `speed of a zip of ${what} against the whole`, figure, unit: '×', runs },
    0.8,
  );
}

function othersOf(rounds: readonly Round[], serviceBytes: number) {
  const firsts = rounds.flatMap(({ picks }) => picks.map(({ firstMs }) => firstMs));
  const runs = firsts.map((firstMs) => ({ firstMs }));
  const first = { id: 'PICK', what: 'first byte of a zip of chosen images, slowest', unit: 'ms', runs };
  const memory = { id: 'PICK', what: 'memory of the service meanwhile', unit: 'MB', runs: [] };
  return [
    atMost({ ...first, figure: Math.max(...firsts) }, 200),
    atMost({ ...memory, figure: serviceBytes / 1e6 }, 300),
  ];
}

function timeReading(url: string): Promise<Reading> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const reading = request(url, (response) => {
      let [firstMs, bytes] = [Number.NaN, 0];
      response.on('data', (piece: Buffer) => {
        if (bytes === 0) firstMs = performance.now() - began;
        bytes += piece.length;
      });
      response.once('end', () => resolve({ firstMs, speed: bytes / (performance.now() - began) }));
      response.once('error', reject);
    });
    reading.once('error', reject).end();
  });
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value) : value;
}
