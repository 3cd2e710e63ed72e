import type { Agent } from 'undici';
import type { HttpVersions } from '../../../src/network/guarded-connector.js';
import { trustTestCertificate } from '../../support/network/test-certificate.ts';
import { atMost, type Bench, median } from '../bench.ts';
import { loadBuilt } from '../load-built.ts';
import { forked } from './forked.ts';

const CONCURRENCY = 32;
const HOSTS = 8;

/** The message of `far-web.ts`. */
interface FarWeb {
  readonly port: number;
  readonly files: number;
}

/**
 * HTTP: 500 files over TLS from 8 hosts, 60 ms away, that speak both versions: HTTP/1.1, our default, against
 * HTTP/2, which we use only if there is no other.
 */
export const versionsBench: Bench = {
  ids: ['HTTP'],
  async run({ rounds, say }) {
    await using web = await forked<FarWeb>('./far-web.ts');
    const runs: { http1Ms: number; http2Ms: number }[] = [];
    const forget = trustTestCertificate();
    try {
      for (let round = 0; round < rounds; round += 1) {
        const http1Ms = await time('http1', web.said);
        runs.push({ http1Ms, http2Ms: await time('http2', web.said) });
        say(JSON.stringify(runs.at(-1)));
      }
    } finally {
      forget();
    }
    const figure = median(runs.map(({ http1Ms, http2Ms }) => http1Ms / http2Ms));
    const what = '500 files over TLS from hosts 60 ms away: HTTP/1.1 against HTTP/2';
    return [atMost({ id: 'HTTP', what, figure, unit: '×', runs }, 1.05)];
  },
};

async function time(versions: HttpVersions, web: FarWeb): Promise<number> {
  const agent = await builtAgent(versions);
  const urls = Array.from(
    { length: web.files },
    (_, index) => `https://h${index % HOSTS}.far.localhost:${web.port}/${index}`,
  );
  const startedMs = performance.now();
  // One reader per simultaneous download: each takes the next address when it has read its file.
  const next = urls.values();
  const reader = async (): Promise<void> => {
    for (const url of next) await read(agent, new URL(url));
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, reader));
    return Math.round(performance.now() - startedMs);
  } finally {
    await agent.destroy();
  }
}

async function read(agent: Agent, { origin, pathname }: URL): Promise<void> {
  const { statusCode, body } = await agent.request({ origin, path: pathname, method: 'GET' });
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  for await (const chunk of body) void chunk;
}

async function builtAgent(versions: HttpVersions): Promise<Agent> {
  const { AddressGuard } =
    await loadBuilt<typeof import('../../../src/network/address-guard.js')>('network/address-guard.js');
  const { AllowedHosts } =
    await loadBuilt<typeof import('../../../src/network/allowed-hosts.js')>('network/allowed-hosts.js');
  const { guardedAgent } =
    await loadBuilt<typeof import('../../../src/network/guarded-agent.js')>('network/guarded-agent.js');
  const names = Array.from({ length: HOSTS }, (_, index) => `h${index}.far.localhost`);
  const guard = new AddressGuard(AllowedHosts.parse(names));
  return guardedAgent(guard, { resolve: async () => ['127.0.0.1'] }, versions);
}
