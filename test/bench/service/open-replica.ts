import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ReplicaAddresses } from '../../replica/replica.ts';

const REPLICA = fileURLToPath(new URL('./painted-replica.ts', import.meta.url));

/** A replica in a separate process, so that its memory and work do not count as the service's. */
export interface OpenedReplica extends ReplicaAddresses {
  /** A query that finds the pictures. */
  readonly query: string;
  /** Addresses of the pictures, in the order of the results. */
  readonly urls: readonly string[];
  readonly close: () => void;
}

/** The pictures of the replica. */
export interface PaintedPictures {
  readonly count: number;
  readonly leastBytes: number;
  readonly mostBytes: number;
}

/** Starts a replica and returns when all its pictures are painted. */
export async function openReplica(
  folder: string,
  { count, leastBytes, mostBytes }: PaintedPictures,
): Promise<OpenedReplica> {
  const child = spawn(process.execPath, [REPLICA, folder, ...[count, leastBytes, mostBytes].map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { ...JSON.parse(String(line)), close: () => child.kill('SIGTERM') };
}
