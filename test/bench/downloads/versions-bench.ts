import type { Agent } from 'undici';
import type { HttpVersions } from '../../../src/network/guarded-connector.js';
import { trustTestCertificate } from '../../support/test-certificate.ts';
import { atMost, type Bench, median } from '../bench.ts';
import { forked } from './forked.ts';

const CONCURRENCY = 32;
const HOSTS = 8;
const DIST = new URL('../../../dist/src/network/', import.meta.url);
const load = <T>(path: string): Promise<T> => import(new URL(path, DIST).href) as Promise<T>;

/**
 * HTTP: 500 files of 8 hosts with TLS that speak both versions and are 60 ms away: HTTP/1.1, which is used, against
 * HTTP/2, which is used only where there is nothing else.
 */
export const versionsBench: Bench = {
  ids: ['HTTP'],
  async run({ rounds, say }) {
    const forget = trustTestCertificate();
    await using web = await forked<{ readonly port: number; readonly files: number }>('./far-web.ts');
    const runs: { http1Ms: number; http2Ms: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const http1Ms = await time('http1', web.said);
      runs.push({ http1Ms, http2Ms: await time('http2', web.said) });
      say(JSON.stringify(runs.at(-1)));
    }
    forget();
    const figure = median(runs.map(({ http1Ms, http2Ms }) => http1Ms / http2Ms));
    const what = '500 files over TLS from hosts 60 ms away: HTTP/1.1 against HTTP/2';
    return [atMost({ id: 'HTTP', what, figure, unit: '×', runs }, 1.05)];
  },
};

async function time(versions: HttpVersions, web: { port: number; files: number }): Promise<number> {
  const agent = await builtAgent(versions);
  const urls = Array.from(
    { length: web.files },
    (_, index) => `https://h${index % HOSTS}.far.localhost:${web.port}/${index}`,
  );
  const startedMs = performance.now();
  // As many readers as downloads at a time: each takes the next address when it has read its file.
  const next = urls.values();
  const reader = async (): Promise<void> => {
    for (const url of next) await read(agent, new URL(url));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, reader));
  const tookMs = performance.now() - startedMs;
  await agent.destroy();
  return Math.round(tookMs);
}

async function read(agent: Agent, { origin, pathname }: URL): Promise<void> {
  const { statusCode, body } = await agent.request({ origin, path: pathname, method: 'GET' });
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  for await (const chunk of body) void chunk;
}

async function builtAgent(versions: HttpVersions): Promise<Agent> {
  const { AddressGuard } =
    await load<typeof import('../../../src/network/address-guard.js')>('address-guard.js');
  const { AllowedHosts } =
    await load<typeof import('../../../src/network/allowed-hosts.js')>('allowed-hosts.js');
  const { guardedAgent } =
    await load<typeof import('../../../src/network/guarded-agent.js')>('guarded-agent.js');
  const names = Array.from({ length: HOSTS }, (_, index) => `h${index}.far.localhost`);
  const guard = new AddressGuard(AllowedHosts.parse(names));
  return guardedAgent(guard, { resolve: async () => ['127.0.0.1'] }, versions);
}
