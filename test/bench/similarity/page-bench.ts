import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { startReplica } from '../../replica/replica.ts';
import type { CatalogueEntry } from '../../replica/web/entry.ts';
import { atLeast, atMost, type Bench, median } from '../bench.ts';
import { builtCollector } from '../downloads/product.ts';

const COUNT = 60;

/** N2: originals that only their source page names, found by the preview, one after the other. */
export const pageBench: Bench = {
  ids: ['N2'],
  async run({ folder, say }) {
    const replica = await startReplica({ web: 'clean', imageBytes: [150_000, 400_000], ceiling: COUNT });
    const dataDir = join(folder, 'data');
    await mkdir(dataDir);
    const { collector, close } = await builtCollector({
      dataDir,
      allowedHosts: replica.allowPrivateHosts,
      decodes: true,
    });
    try {
      say(`looking for ${COUNT} originals on their pages`);
      const entries = replica.entries('kites');
      const ends: { readonly tookMs: number; readonly url: string | null }[] = [];
      const observer = {
        onOutcome: () => undefined,
        onResolved: () => Promise.resolve(),
        onKept: () => Promise.resolve(),
      };
      for (const entry of entries) {
        const before = performance.now();
        const searches = [{ count: 1, candidates: only(entry) }];
        const order = { jobId: entry.index.toString(16).padStart(32, '0'), searches, known: [], filters: {} };
        const signal = AbortSignal.timeout(60_000);
        const { kept } = await collector.collect(order, observer, signal);
        ends.push({ tookMs: performance.now() - before, url: kept[0]?.candidate.imageUrl ?? null });
      }
      const found = ends.filter(({ url }, index) => url === entries[index]?.url).length;
      const wrong = ends.filter(({ url }, index) => url !== null && url !== entries[index]?.url).length;
      const result = { id: 'N2', runs: ends.map(({ tookMs }) => ({ tookMs })) };
      return [
        atLeast(
          { ...result, what: 'originals found on their pages', figure: found / COUNT, unit: 'found' },
          0.95,
        ),
        atMost(
          { ...result, what: 'another picture taken for the original', figure: wrong, unit: 'wrong' },
          0,
        ),
        atMost(
          {
            ...result,
            what: 'time for one: page, thumbnail, images and checks (latencies 20 to 300 ms each)',
            figure: median(ends.map(({ tookMs }) => tookMs)),
            unit: 'ms',
          },
          2000,
        ),
      ];
    } finally {
      await close();
      await replica.close();
      await rm(dataDir, { recursive: true });
    }
  },
};

async function* only({
  index,
  pageUrl,
  previewUrl,
  title,
}: CatalogueEntry): AsyncGenerator<ImageRecord, void, void> {
  yield {
    urlHash: index.toString(16).padStart(32, '0'),
    position: index,
    candidate: {
      engine: 'google',
      rank: index + 1,
      sourceId: String(index),
      imageUrl: null,
      previewUrl,
      pageUrl,
      title,
      site: null,
      claimed: null,
      licence: null,
    },
    outcome: { status: 'found' },
  };
}
