/**
 * A process with a replica that paints all its pictures before it reports that it is ready.
 * `node painted-replica.ts FOLDER COUNT LEAST_BYTES MOST_BYTES` prints its addresses, the query and the
 * addresses of the pictures as one JSON line.
 */
import { mkdirSync } from 'node:fs';
import { startReplica } from '../../replica/replica.ts';

const [folder = '', count = '', leastBytes = '', mostBytes = ''] = process.argv.slice(2);
const QUERY = 'painted pictures';
mkdirSync(folder, { recursive: true });

const replica = await startReplica({
  web: 'clean',
  // A few spare pictures, in case two look alike.
  ceiling: Math.ceil(Number(count) * 1.04),
  imageBytes: [Number(leastBytes), Number(mostBytes)],
  cacheDir: folder,
  cacheBytes: 50e6,
});
// Few at a time: a painted picture is large until it is encoded.
const urls = [...replica.entries(QUERY)].map(({ url }) => url);
const waiting = [...urls];
const painters = Array.from({ length: 4 }, async () => {
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    await (await fetch(next)).arrayBuffer();
});
await Promise.all(painters);
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume();
process.stdout.write(`${JSON.stringify({ ...replica, requests: undefined, query: QUERY, urls })}\n`);
