import type { Doors } from './doors.ts';
import type { Handler } from './exchange.ts';
import type { ReplicaPlan } from './options.ts';
import type { Origin } from './origin.ts';
import type { Stats } from './stats.ts';
import { imageSite, type ImageWeb } from './web/image-site.ts';
import { pageSite } from './web/page-site.ts';

/** The image web's listening addresses; they serve nothing until they have a web. */
export interface ImageOrigins {
  readonly origins: readonly Origin[];
  serve(web: ImageWeb): void;
}

/**
 * Opens the hosts 127.0.0.1, 127.0.0.2 and so on. If the machine has only 127.0.0.1 (macOS), further hosts
 * are further ports of it.
 */
export async function openImageOrigins(doors: Doors, plan: ReplicaPlan, stats: Stats): Promise<ImageOrigins> {
  const handlers: Handler[] = [];
  const origins: Origin[] = [];
  for (let number = 1; number <= plan.hosts; number += 1) {
    const port = plan.port === 0 ? 0 : plan.port + 1;
    origins.push(
      await openHost(
        `127.0.0.${number}`,
        (address, from) => doors.open(address, from, stats, handlers),
        port,
      ),
    );
  }
  return { origins, serve: (web) => void handlers.push(imageSite(web), pageSite(web)) };
}

async function openHost(
  address: string,
  open: (address: string, port: number) => Promise<Origin>,
  port: number,
): Promise<Origin> {
  try {
    return await open(address, port);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL';
    if (!isMissing) throw error;
    return open('127.0.0.1', 0);
  }
}
