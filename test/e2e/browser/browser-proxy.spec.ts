import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { FilteringProxy } from '../../../src/network/filtering-proxy.js';
import { SystemNameResolver } from '../../../src/network/system.name-resolver.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { HostileServer, status, whole } from '../../support/network/hostile-server.js';
import { NEVER, testBrowser } from '../../support/searching.js';
import { until } from '../../support/until.js';

/** Requests an address in every way a page can, and reports when all have ended. */
const CURIOUS = (address: string): string => `<!doctype html><title>curious</title>
<link rel="preconnect" href="${address}"><link rel="stylesheet" href="${address}/style.css">
<iframe src="${address}/frame"></iframe><img src="${address}/image.png">
<form action="${address}/form" method="post" target="other"></form><iframe name="other"></iframe>
<script src="${address}/script.js"></script>
<script>
  document.forms[0].submit();
  navigator.sendBeacon('${address}/beacon');
  const socket = new Promise((done) => {
    new WebSocket('${address.replace('http', 'ws')}/socket').onclose = done;
  });
  const fetched = fetch('${address}/fetch', { mode: 'no-cors' }).catch(() => null);
  Promise.all([socket, fetched]).then(() => (document.title = 'done'));
</script>`;

describe('the browser behind its proxy', () => {
  let allowed: HostileServer;
  let canary: HostileServer;
  let proxy: FilteringProxy;
  let browser: LocalChromeBrowser;
  beforeAll(async () => {
    [allowed, canary] = await Promise.all([HostileServer.start(), HostileServer.start()]);
    const guard = new AddressGuard(AllowedHosts.parse([`127.0.0.1:${allowed.port}`]));
    proxy = new FilteringProxy(guard, new SystemNameResolver());
    browser = testBrowser({ proxyAddress: () => proxy.address() });
  });
  afterAll(async () => {
    await browser.onApplicationShutdown();
    await proxy.onApplicationShutdown();
    await Promise.all([allowed, canary].map((server) => server[Symbol.asyncDispose]()));
  });

  const html = (page: string) => whole(Buffer.from(page), { 'content-type': 'text/html' });

  it.each(['127.0.0.1', 'localhost', '[::1]', '2130706433'])(
    'reaches the page that is allowed, and by nothing in it a canary called %s',
    async (host) => {
      const tab = await browser.openTab(NEVER);
      await tab.go(allowed.on('/page', html(CURIOUS(canary.url('', host)))));
      await until('everything was tried', async () => (await tab.run('return document.title')) === 'done');
      expect(canary.connections).toBe(0);
      await tab.close();
    },
  );

  it('follows no redirect to a canary', async () => {
    const tab = await browser.openTab(NEVER);
    const going = tab.go(allowed.on('/away', status(302, { location: canary.url('/') })));
    await expect(going).rejects.toMatchObject({ code: 'source.unreachable' });
    expect(canary.connections).toBe(0);
    await tab.close();
  });

  it('needs it: without it the same page reaches the canary in many ways', async () => {
    const chrome = testBrowser();
    const tab = await chrome.openTab(NEVER);
    await tab.go(allowed.on('/page', html(CURIOUS(canary.url('')))));
    await until('everything was tried', async () => (await tab.run('return document.title')) === 'done');
    expect(canary.asked).toEqual(
      expect.arrayContaining(['/frame', '/script.js', '/form', '/beacon', '/fetch']),
    );
    await chrome.onApplicationShutdown();
  });

  it('still names the failure of a page that cannot be reached', async () => {
    const gone = await HostileServer.start();
    const { port } = gone;
    await gone[Symbol.asyncDispose]();
    const guard = new AddressGuard(AllowedHosts.parse([`127.0.0.1:${port}`]));
    const other = new FilteringProxy(guard, new SystemNameResolver());
    const chrome = testBrowser({ proxyAddress: () => other.address() });
    const tab = await chrome.openTab(NEVER);
    await expect(tab.go(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'source.unreachable',
      context: { reason: 'ERR_EMPTY_RESPONSE' },
    });
    await expect(tab.go(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'source.unreachable',
      context: { reason: 'ERR_TUNNEL_CONNECTION_FAILED' },
    });
    await chrome.onApplicationShutdown();
    await other.onApplicationShutdown();
  });
});
