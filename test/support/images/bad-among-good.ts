import { Collecting, type CollectingOptions } from '../collecting.js';
import { HostileServer, whole } from '../network/hostile-server.js';
import type { RawServer } from '../network/raw-server.js';
import { jpeg } from './sample-images.js';
import { until } from '../until.js';

const GOOD = await Promise.all(Array.from({ length: 8 }, (_, seed) => jpeg(seed, 64, 48)));

/** A server that gives no image, and the expected outcome. */
export type BadHost = readonly [what: string, server: RawServer, end: RegExp];

/** The result of a job with bad hosts. */
export interface AmongGood {
  /** Unexpected outcomes, in words. */
  readonly wrong: readonly string[];
  /** Number of lost good images. */
  readonly lost: number;
  /** Connections still open on the bad hosts at the end. */
  readonly leftOpen: number;
}

/** The wanted result: nothing but the bad images is lost. */
export const NOTHING_LOST: AmongGood = { wrong: [], lost: 0, leftOpen: 0 };

/** Collects from bad hosts next to a good one, and stops the bad ones. */
export async function collectAmongGood(
  bad: readonly BadHost[],
  options: CollectingOptions = {},
): Promise<AmongGood> {
  await using good = await HostileServer.start();
  const urls = GOOD.map((bytes, index) => good.on(`/${index}`, whole(bytes)));
  const all = [...urls.slice(0, 4), ...bad.map(([, server]) => server.url()), ...urls.slice(4)];
  const collecting = await Collecting.start({ environment: { MAX_IMAGE_BYTES: '2MB' }, ...options });
  try {
    await collecting.collect(all, all.length);
  } finally {
    await collecting[Symbol.asyncDispose]();
  }
  const endAt = (position: number): string => collecting.endOf(position) ?? 'nothing';
  const wrong = bad.flatMap(([what, , end], index) =>
    end.test(endAt(4 + index)) ? [] : [`${what}: ${endAt(4 + index)}, not ${end}`],
  );
  const isLost = (url: string): boolean => endAt(all.indexOf(url)) !== 'kept';
  return { wrong, lost: urls.filter(isLost).length, leftOpen: await endAll(bad.map(([, server]) => server)) };
}

async function endAll(servers: readonly RawServer[]): Promise<number> {
  const open = (): number => servers.reduce((sum, { sockets }) => sum + sockets.size, 0);
  await until('the connections have ended', () => open() === 0, 20_000).catch(() => undefined);
  const leftOpen = open();
  await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  return leftOpen;
}
