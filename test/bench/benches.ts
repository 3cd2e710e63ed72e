import type { Bench } from './bench.ts';
import { chatBench } from './chat/chat-bench.ts';
import { downloadBench } from './downloads/download-bench.ts';
import { floodBench } from './flood/flood-bench.ts';
import { costBench } from './service/cost-bench.ts';
import { dueBench } from './service/due-bench.ts';
import { jobBench } from './service/job-bench.ts';
import { memoryBench } from './service/memory-bench.ts';
import { startBench } from './service/start-bench.ts';
import { hostileBench } from './downloads/hostile-bench.ts';
import { versionsBench } from './downloads/versions-bench.ts';
import { similarityBench } from './similarity/similarity-bench.ts';
import { pageBench } from './similarity/page-bench.ts';
import { searchBench } from './search/search-bench.ts';
import { millionBench, storeBench } from './store/store-bench.ts';
import { pickBench } from './zipping/pick-bench.ts';
import { zipBench } from './zipping/zip-bench.ts';

/** All benchmarks; a new one is one line here. */
export const BENCHES: readonly Bench[] = [
  downloadBench,
  hostileBench,
  versionsBench,
  similarityBench,
  pageBench,
  zipBench,
  pickBench,
  searchBench,
  jobBench,
  dueBench,
  costBench,
  memoryBench,
  startBench,
  storeBench,
  millionBench,
  chatBench,
  floodBench,
];
