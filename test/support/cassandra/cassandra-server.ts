import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CassandraNode } from './cassandra-node.ts';

/** A running Cassandra of one or more nodes on loopback, in a temporary folder. */
export interface CassandraServer {
  readonly nodes: readonly CassandraNode[];
  readonly contactPoints: readonly string[];
  /** Name of the only data centre. */
  readonly datacenter: 'datacenter1';
  /** Kills every node and removes the folder. */
  stop(): Promise<void>;
}

/** Port range below the ephemeral ports that systems assign to connections and servers. */
const NEVER_GIVEN = [15_000, 32_000] as const;

const FOLDER = '.cache/cassandra';
const NOTE = join(FOLDER, 'installed.json');

/** Tokens that divide the ring evenly among three nodes. */
const TOKENS = ['-9223372036854775808', '-3074457345618258603', '3074457345618258602'] as const;

/** @returns why the tests have no Cassandra, or null if there is one */
export function whyNoCassandra(): string | null {
  return existsSync(NOTE) ? null : 'the set-up could not install Cassandra on this machine';
}

/**
 * Starts one node (about 6 seconds) or three (about 25).
 * @param yaml additional lines of cassandra.yaml
 */
export async function startCassandra(
  count: 1 | 3 = 1,
  yaml: readonly string[] = [],
): Promise<CassandraServer> {
  const { java } = JSON.parse(readFileSync(NOTE, 'utf8')) as { java: string };
  const dir = mkdtempSync(join(tmpdir(), 'image-job-cassandra-'));
  const [nativePort, storagePort] = [await freePort(), await freePort()];
  const nodes = TOKENS.slice(0, count).map(
    (token, i) =>
      new CassandraNode({
        java,
        lib: join(process.cwd(), FOLDER, 'lib'),
        dir: join(dir, String(i + 1)),
        address: `127.0.0.${i + 1}`,
        nativePort,
        storagePort,
        token,
        // A single node has no others to wait for.
        ringDelayMs: count === 1 ? 1 : 1000,
        yaml,
      }),
  );
  const killAll = (): void => nodes.forEach((node) => node.killAtOnce());
  process.once('exit', killAll);
  const stop = async (): Promise<void> => {
    process.off('exit', killAll);
    await Promise.all(nodes.map((node) => node.kill()));
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    // Start the seed first: other nodes soon give up if no seed answers.
    const [seed, ...others] = nodes;
    await seed?.start();
    await Promise.all(others.map((node) => node.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    nodes,
    contactPoints: nodes.map(({ contactPoint }) => contactPoint),
    datacenter: 'datacenter1',
    stop,
  };
}

/** A free port outside the ephemeral range, so that no other program takes it before the server does. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...NEVER_GIVEN);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
