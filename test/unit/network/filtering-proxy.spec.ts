import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { FilteringProxy } from '../../../src/network/filtering-proxy.js';
import { HostileServer, silent, status, whole } from '../../support/network/hostile-server.js';
import '../../support/quiet-logs.js';
import { ScriptedResolver } from '../../support/network/scripted.name-resolver.js';
import { until } from '../../support/until.js';

describe('the proxy of the browser', () => {
  let server: HostileServer;
  const proxies: FilteringProxy[] = [];
  beforeEach(async () => {
    server = await HostileServer.start();
  });
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.onApplicationShutdown();
    await server[Symbol.asyncDispose]();
  });

  function proxyFor(allowed: readonly string[], resolver = new ScriptedResolver([['127.0.0.1']])) {
    const guard = new AddressGuard(AllowedHosts.parse(allowed));
    const proxy = new FilteringProxy(guard, resolver);
    proxies.push(proxy);
    return proxy;
  }

  async function portOf(proxy: FilteringProxy): Promise<number> {
    return Number((await proxy.address()).split(':')[1]);
  }

  /** Sends text to the proxy. */
  async function connected(proxy: FilteringProxy, said: string): Promise<Socket> {
    const socket = connect({ host: '127.0.0.1', port: await portOf(proxy) });
    socket.write(said);
    return socket;
  }

  const connectTo = (target: string): string => `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`;

  /** Returns the status of the proxy's answer to a CONNECT, then closes it. */
  async function statusOf(proxy: FilteringProxy, target: string): Promise<number> {
    const socket = await connected(proxy, connectTo(target));
    const [head] = await once(socket, 'data');
    socket.destroy();
    return Number(/^HTTP\/1\.1 (\d{3}) /.exec(String(head))?.[1]);
  }

  /** Requests a plain http address. */
  async function ask(proxy: FilteringProxy, url: string, headers: Record<string, string> = {}) {
    const asked = request({ host: '127.0.0.1', port: await portOf(proxy), path: url, headers, agent: false });
    const [answer] = await once(asked.end(), 'response');
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  }

  it('forwards plain http, without the headers meant for the proxy', async () => {
    const url = server.on('/a?b=1', whole(Buffer.from('page'), { 'x-kind': 'page' }));
    const answer = await ask(proxyFor(['127.0.0.1']), url, { 'proxy-connection': 'close', 'x-asked': 'yes' });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-kind': 'page' }, body: 'page' });
    expect(server.requests[0]?.headers).toMatchObject({ 'x-asked': 'yes', host: `127.0.0.1:${server.port}` });
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-connection');
  });

  it('passes answers on unchanged, redirects too', async () => {
    const url = server.on('/r', status(302, { location: 'http://10.0.0.1/' }));
    const answer = await ask(proxyFor(['127.0.0.1']), url);
    expect(answer).toMatchObject({ status: 302, headers: { location: 'http://10.0.0.1/' } });
  });

  it('opens tunnels to allowed names, at the address they resolve to', async () => {
    server.on('/t', whole(Buffer.from('through')));
    const target = `pages.test:${server.port}`;
    const socket = await connected(proxyFor(['pages.test']), connectTo(target));
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    socket.write(`GET /t HTTP/1.1\r\nHost: ${target}\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK[^]*through$/);
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '10.0.0.1',
    '169.254.169.254',
    'pages.test.',
  ])('refuses %s, by tunnel and by plain http, and connects to nothing', async (host) => {
    const proxy = proxyFor([]);
    expect(await statusOf(proxy, `${host}:${server.port}`)).toBe(403);
    expect(await statusOf(proxy, `${host}:443`)).toBe(403);
    expect((await ask(proxy, `http://${host}:${server.port}/`)).status).toBe(403);
    expect((await ask(proxy, `http://${host}/`)).status).toBe(403);
    expect(server.connections).toBe(0);
  });

  it.each(['', 'pages.test', ':443', 'pages.test:0', 'pages.test:22', 'a b:443', 'user@pages.test:443'])(
    'refuses a tunnel to "%s"',
    async (target) => {
      const socket = await connected(proxyFor([]), `CONNECT ${target || '/'} HTTP/1.1\r\nHost: x\r\n\r\n`);
      expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 40[03] /);
      socket.destroy();
    },
  );

  it('refuses a name that changes its address, and one private address among public ones', async () => {
    const resolver = new ScriptedResolver([['93.184.216.34'], ['127.0.0.1']]);
    const rebinding = proxyFor([], resolver);
    const first = await connected(rebinding, connectTo('rebind.test:80'));
    await until('the first answer', () => resolver.asked.length === 1);
    expect(await statusOf(rebinding, 'rebind.test:80')).toBe(403);
    first.destroy();
    const mixed = proxyFor([], new ScriptedResolver([['93.184.216.34', '127.0.0.1']]));
    expect(await statusOf(mixed, 'mixed.test:443')).toBe(403);
  });

  it('reports that nobody listens, as far as the protocol allows', async () => {
    const gone = await HostileServer.start();
    const url = gone.url('/');
    await gone[Symbol.asyncDispose]();
    const proxy = proxyFor(['127.0.0.1']);
    expect(await statusOf(proxy, new URL(url).host)).toBe(502);
    await expect(ask(proxy, url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it.each([
    ['a status below 100', 'HTTP/1.1 099 odd'],
    ['a status of zeros', 'HTTP/1.1 000 odd'],
    ['no status that is one', 'HTTP/1.1 1000 odd'],
    ['control characters in a header', 'HTTP/1.1 200 OK\r\nX: o\u0001dd'],
    ['another protocol', 'HTTP/1.1 101 Other\r\nUpgrade: odd\r\nConnection: upgrade'],
  ])('breaks off an answer with %s, and lives on', async (_what, head) => {
    const odd = server.on('/odd', ({ socket }) => void socket.end(`${head}\r\n\r\n`, 'latin1'));
    const good = server.on('/good', whole(Buffer.from('page')));
    const proxy = proxyFor(['127.0.0.1']);
    await expect(ask(proxy, odd)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await ask(proxy, good)).toMatchObject({ status: 200, body: 'page' });
  });

  it.each(['o\u0001dd', '\u0000'])('passes on an answer whose phrase is %j, without it', async (phrase) => {
    const odd = server.on(
      '/odd',
      ({ socket }) => void socket.end(`HTTP/1.1 200 ${phrase}\r\nConnection: close\r\n\r\npage`, 'latin1'),
    );
    expect(await ask(proxyFor(['127.0.0.1']), odd)).toMatchObject({ status: 200, body: 'page' });
  });

  it('ends its requests when the browser leaves, and all tunnels at shutdown', async () => {
    const url = server.on('/silent', silent);
    const proxy = proxyFor(['127.0.0.1']);
    const leaving = request({ host: '127.0.0.1', port: await portOf(proxy), path: url });
    leaving.on('error', () => undefined).end();
    await until('the request arrives', () => server.times('/silent') === 1);
    leaving.destroy();
    await Promise.all([...server.sockets].map((socket) => once(socket, 'close')));
    const tunnel = await connected(proxy, connectTo(`127.0.0.1:${server.port}`));
    await once(tunnel, 'data');
    const ended = once(tunnel, 'close');
    await proxy.onApplicationShutdown();
    await ended;
    expect(server.times('/silent')).toBe(1);
  });
});
