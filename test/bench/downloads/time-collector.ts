import { join } from 'node:path';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import type { ImageWeb } from './image-web-types.ts';
import { builtCollector } from './product.ts';

const JOB_ID = '0'.repeat(32);

/** The result of one run of the collector. */
export interface TimedRun {
  /** Time from the first candidate to the last kept image. */
  readonly tookMs: number;
  readonly kept: readonly ImageRecord[];
}

/** Options of a run. */
export interface RunOptions {
  readonly decodes: boolean;
  /** Number of wanted images; default: all good ones. */
  readonly count?: number;
}

/**
 * Collects good images of the web.
 * @throws Error if it kept fewer or more images than wanted
 */
export async function timeCollector(
  dataDir: string,
  web: ImageWeb,
  { decodes, count = web.addresses.filter(({ isGood }) => isGood).length }: RunOptions,
): Promise<TimedRun> {
  const { collector, close } = await builtCollector({ dataDir, allowedHosts: web.hosts, decodes });
  const observer = {
    onOutcome: () => undefined,
    onResolved: () => Promise.resolve(),
    onKept: () => Promise.resolve(),
  };
  const searches = [{ count, candidates: candidatesOf(web) }];
  const order = { jobId: JOB_ID, searches, known: [], filters: {} };
  try {
    const before = performance.now();
    const { kept } = await collector.collect(order, observer, AbortSignal.timeout(120_000));
    const tookMs = performance.now() - before;
    if (kept.length !== count) throw new Error(`${kept.length} images were kept instead of ${count}`);
    return { tookMs, kept };
  } finally {
    await close();
  }
}

/** Folder of the collector's files. */
export function workFolderOf(dataDir: string): string {
  return join(dataDir, 'work', JOB_ID);
}

async function* candidatesOf(web: ImageWeb): AsyncGenerator<ImageRecord, void, void> {
  for (const [position, { url }] of web.addresses.entries())
    yield {
      urlHash: String(position).padStart(32, '0'),
      position,
      candidate: {
        engine: 'google',
        rank: position + 1,
        sourceId: String(position),
        imageUrl: url,
        previewUrl: null,
        pageUrl: null,
        title: null,
        site: null,
        claimed: null,
        licence: null,
      },
      outcome: { status: 'found' },
    };
}
