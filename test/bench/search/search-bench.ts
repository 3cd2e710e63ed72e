import { setTimeout as wait } from 'node:timers/promises';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import type { Browser } from '../../../src/scraping/browser/browser.port.js';
import { startReplica } from '../../replica/replica.ts';
import { atMost, type Bench, type BenchContext, type BenchResult, median } from '../bench.ts';
import { builtBrowser, builtGoogle } from './built-search.ts';

const NEVER = new AbortController().signal;
/** Latency of most clients: both sides pay the same for a request to the search. */
const SEARCH_LATENCY_MS: readonly [number, number] = [20, 20];

interface Round {
  /** Time from the request of a page to its parsed candidates, in a warm browser. */
  readonly candidatesMs: number;
  /** The part of that time after Chrome has loaded the page. */
  readonly readMs: number;
  /** Time to load the same page completely with its images, as browsers usually do. */
  readonly fullLoadMs: number;
  /** Time to open a tab of the warm browser. */
  readonly warmTabMs: number;
  /** Time to open a tab of a browser that must be started first. */
  readonly newSessionMs: number;
}

/**
 * P5: from a page of results to its candidates, against a normal page load; a warm tab against a new session.
 */
export const searchBench: Bench = {
  ids: ['P5'],
  async run(context) {
    const replica = await startReplica({ web: 'clean', searchLatencyMs: SEARCH_LATENCY_MS });
    const ours = await builtBrowser();
    const normal = await builtBrowser(['--blink-settings=imagesEnabled=true']);
    try {
      await timeCandidates(ours, replica.googleUrl, 'the first search only warms up');
      await timeFullLoad(normal, `${replica.googleUrl}/search?q=the+same&udm=2`);
      const rounds: Round[] = [];
      for (let round = 0; round < context.rounds; round += 1)
        rounds.push(await measure(ours, normal, replica.googleUrl, `round ${round}`, context));
      return resultsOf(rounds);
    } finally {
      await Promise.all([ours.onApplicationShutdown(), normal.onApplicationShutdown(), replica.close()]);
    }
  },
};

async function measure(
  ours: LocalChromeBrowser,
  normal: LocalChromeBrowser,
  googleUrl: string,
  query: string,
  { say }: BenchContext,
): Promise<Round> {
  const round = {
    ...(await timeCandidates(ours, googleUrl, query)),
    fullLoadMs: await timeFullLoad(normal, `${googleUrl}/search?q=${encodeURIComponent(query)}&udm=2`),
    warmTabMs: await timeTab(ours),
    newSessionMs: await timeNewSession(),
  };
  say(
    JSON.stringify(round, (_key, value: unknown) => (typeof value === 'number' ? Math.round(value) : value)),
  );
  return round;
}

async function timeCandidates(
  browser: LocalChromeBrowser,
  googleUrl: string,
  text: string,
): Promise<Pick<Round, 'candidatesMs' | 'readMs'>> {
  let loadedMs = 0;
  const google = await builtGoogle(
    whenLoaded(browser, () => (loadedMs = performance.now())),
    googleUrl,
  );
  const from = performance.now();
  for await (const batch of google.search({ text, filters: {} }, NEVER)) {
    if (batch.length < 100) throw new Error(`only ${batch.length} candidates`);
    return { candidatesMs: performance.now() - from, readMs: performance.now() - loadedMs };
  }
  throw new Error('no candidates');
}

/** The browser, with a call of `tell` when a tab has loaded a page. */
function whenLoaded(browser: LocalChromeBrowser, tell: () => void): Browser {
  return {
    ping: () => browser.ping(),
    async openTab(signal) {
      const tab = await browser.openTab(signal);
      return {
        go: async (url) => tab.go(url).then(tell),
        run: (script, ...args) => tab.run(script, ...args),
        close: () => tab.close(),
      };
    },
  };
}

async function timeFullLoad(browser: LocalChromeBrowser, url: string): Promise<number> {
  const tab = await browser.openTab(NEVER);
  const from = performance.now();
  await tab.go(url);
  while ((await tab.run('return document.readyState')) !== 'complete') await wait(5);
  const tookMs = performance.now() - from;
  await tab.close();
  return tookMs;
}

async function timeTab(browser: LocalChromeBrowser): Promise<number> {
  const from = performance.now();
  const tab = await browser.openTab(NEVER);
  await tab.run('return 1');
  const tookMs = performance.now() - from;
  await tab.close();
  return tookMs;
}

async function timeNewSession(): Promise<number> {
  const browser = await builtBrowser();
  try {
    return await timeTab(browser);
  } finally {
    await browser.onApplicationShutdown();
  }
}

function resultsOf(rounds: readonly Round[]): BenchResult[] {
  const runs = rounds.map((round) => ({ ...round }));
  const ratio = (of: (round: Round) => number): number => median(rounds.map(of));
  return [
    atMost(
      {
        id: 'P5',
        what: 'candidates of a page in Chrome ÷ a full load of it',
        figure: ratio(({ readMs, fullLoadMs }) => readMs / fullLoadMs),
        unit: '×',
        runs,
      },
      0.1,
    ),
    {
      id: 'P5',
      what: 'the same with loading the page our way',
      figure: ratio(({ candidatesMs, fullLoadMs }) => candidatesMs / fullLoadMs),
      unit: '×',
      bar: '< 1',
      holds: ratio(({ candidatesMs, fullLoadMs }) => candidatesMs / fullLoadMs) < 1,
      runs,
    },
    atMost(
      {
        id: 'P5',
        what: 'a tab of the warm browser ÷ a new session',
        figure: ratio(({ warmTabMs, newSessionMs }) => warmTabMs / newSessionMs),
        unit: '×',
        runs,
      },
      0.25,
    ),
  ];
}
