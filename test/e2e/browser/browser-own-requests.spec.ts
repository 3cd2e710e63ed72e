import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { FilteringProxy } from '../../../src/network/filtering-proxy.js';
import { SystemNameResolver } from '../../../src/network/system.name-resolver.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { pause } from '../../../src/jobs/timing/pause.js';
import { startReplica, type Replica } from '../../replica/replica.ts';
import { HostileServer, whole } from '../../support/network/hostile-server.js';
import { NEVER, pull, searchGoogle, testBrowser, webEngines } from '../../support/searching.js';

/** Chrome sends its own requests at the start; the test listens this much longer. */
const LISTEN_MS = 5000;

/** A guard that notes every host requested from the proxy, whatever it decides. */
class NotingGuard extends AddressGuard {
  readonly asked = new Set<string>();
  override checkHost(host: string, port: number): void {
    this.asked.add(`${host}:${port}`);
    super.checkHost(host, port);
  }
}

/**
 * A page with everything that makes a browser send requests: a form, a password, text to be spelt and
 * translated.
 */
const TALKATIVE = `<!doctype html><html lang="de"><title>x</title><p>Ein längerer Text auf Deutsch, den man übersetzen kann.
<form method="post"><input name="user" autocomplete="username"><input type="password" name="password">
<input name="card" autocomplete="cc-number"><input type="search" name="q"><textarea autofocus>mispeled</textarea></form>`;

describe('the requests of the browser', () => {
  let replica: Replica;
  let site: HostileServer;
  let guard: NotingGuard;
  let proxy: FilteringProxy;
  let browser: LocalChromeBrowser;
  beforeAll(async () => {
    [replica, site] = await Promise.all([startReplica({ web: 'clean' }), HostileServer.start()]);
    guard = new NotingGuard(AllowedHosts.parse([...replica.allowPrivateHosts, `127.0.0.1:${site.port}`]));
    proxy = new FilteringProxy(guard, new SystemNameResolver());
    browser = testBrowser({ proxyAddress: () => proxy.address() });
  });
  afterAll(async () => {
    await browser.onApplicationShutdown();
    await Promise.all([proxy.onApplicationShutdown(), replica.close(), site[Symbol.asyncDispose]()]);
  });

  it('are none at its start, and afterwards those of its pages', async () => {
    const tab = await browser.openTab(NEVER);
    await pause(LISTEN_MS, NEVER);
    expect([...guard.asked]).toEqual([]);
    const page = site.on('/', whole(Buffer.from(TALKATIVE), { 'content-type': 'text/html; charset=utf-8' }));
    await tab.go(page);
    // The page has several faults, since browsers report them.
    for (const url of ['https://nowhere.test/', 'http://nowhere.test/', `https://127.0.0.1:${site.port}/`])
      await tab.go(url).catch(() => undefined);
    await tab.close();
    const { bing, duckduckgo } = webEngines(browser, replica);
    await pull(searchGoogle(browser, replica.googleUrl, 'red panda'), 150);
    await pull(bing.search({ text: 'red panda', filters: {} }, NEVER), 50);
    await pull(duckduckgo.search({ text: 'red panda', filters: {} }, NEVER), 50);
    await pause(LISTEN_MS, NEVER);
    await browser.onApplicationShutdown();
    const visited = [page, replica.googleUrl, replica.bingUrl, replica.duckduckgoUrl];
    const named = visited.map((url) => new URL(url).host);
    expect([...guard.asked].toSorted()).toEqual([...named, 'nowhere.test:443', 'nowhere.test:80'].toSorted());
  }, 180_000);
});
