/**
 * A process of its own: a replica whose pictures have about 4 MB each, painted before it says that it is there.
 * `node big-pictures.ts FOLDER COUNT` prints its addresses and the query as one JSON line.
 */
import { mkdirSync } from 'node:fs';
import { startReplica } from '../../replica/replica.ts';

const [folder = '', count = '500'] = process.argv.slice(2);
const QUERY = 'large pictures';
mkdirSync(folder, { recursive: true });

const replica = await startReplica({
  web: 'clean',
  // A few more than needed, where two should look alike.
  ceiling: Math.ceil(Number(count) * 1.04),
  imageBytes: [3_300_000, 5_000_000],
  cacheDir: folder,
  cacheBytes: 50e6,
});
// A few at a time: a painted picture is large until it is encoded.
const waiting = [...replica.entries(QUERY)];
const painters = Array.from({ length: 4 }, async () => {
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    await (await fetch(next.url)).arrayBuffer();
});
await Promise.all(painters);
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume();
process.stdout.write(`${JSON.stringify({ ...replica, requests: undefined, query: QUERY })}\n`);
