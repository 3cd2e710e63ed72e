import { WEBS, type Rates, type WebName } from './web/behaviours.ts';
import type { Scenario } from './scenarios.ts';
import type { EngineName } from '../../src/engines/engines.ts';

/** Options of a replica; every field has a default. */
export interface ReplicaOptions {
  /** The seed of everything random. Default 1. */
  readonly seed?: number;
  /** Port of the engines; the image web takes the next one on each of its hosts. Default 0: free ports. */
  readonly port?: number;
  /** The default behaviour of an engine, unless the query sets another. Default: usual. */
  readonly scenarios?: Partial<Readonly<Record<EngineName, Scenario>>>;
  /** Results an engine has in all. Default 400. */
  readonly ceiling?: number;
  /** Results in a page of Google. Default 100. */
  readonly pageSize?: number;
  /** Pages answered before `block-midway` blocks. Default 1. */
  readonly pagesBeforeBlock?: number;
  /** The mix of the image web, by name or as rates. Default `mixed`. */
  readonly web?: WebName | Rates;
  /** Least and most bytes of a picture. Default 50,000 to 400,000. */
  readonly imageBytes?: readonly [number, number];
  /** Least and most milliseconds before an image answers. Default 20 to 300. */
  readonly latencyMs?: readonly [number, number];
  /** Least and most milliseconds before an engine answers. Default 40 to 160. */
  readonly searchLatencyMs?: readonly [number, number];
  /** Milliseconds a `slow` engine takes. Default 5,000. */
  readonly slowMs?: number;
  /** Bytes per second of a `drip`. Default 400. */
  readonly dripBytesPerSecond?: number;
  /** Hosts of the image web: addresses 127.0.0.1 and up, if the machine has them. Default 8. */
  readonly hosts?: number;
  /** Folder for pictures across processes. Default null: memory only. */
  readonly cacheDir?: string | null;
  /** Most bytes of pictures kept in memory. Default 256 MB. */
  readonly cacheBytes?: number;
}

/** Options with every default filled in. */
export interface ReplicaPlan extends Required<Omit<ReplicaOptions, 'web'>> {
  readonly rates: Rates;
}

/** Fills in the defaults. */
export function planOf(options: ReplicaOptions): ReplicaPlan {
  const { web = 'mixed', ...given } = options;
  return {
    seed: 1,
    port: 0,
    scenarios: {},
    ceiling: 400,
    pageSize: 100,
    pagesBeforeBlock: 1,
    imageBytes: [50_000, 400_000],
    latencyMs: [20, 300],
    searchLatencyMs: [40, 160],
    slowMs: 5000,
    dripBytesPerSecond: 400,
    hosts: 8,
    cacheDir: null,
    cacheBytes: 256e6,
    ...given,
    rates: typeof web === 'string' ? WEBS[web] : web,
  };
}
