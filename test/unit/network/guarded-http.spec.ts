import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '../../../src/jobs/app-error.js';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { GuardedHttp } from '../../../src/network/guarded-http.js';
import type { NameResolver } from '../../../src/network/name-resolver.port.js';
import {
  broken,
  endless,
  HostileServer,
  silent,
  status,
  whole,
} from '../../support/network/hostile-server.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { ScriptedResolver } from '../../support/network/scripted.name-resolver.js';
import { until } from '../../support/until.js';

const LOOPBACK = new ScriptedResolver([['127.0.0.1']]);

function httpFor(allowed: readonly string[], resolver: NameResolver = LOOPBACK): GuardedHttp {
  return new GuardedHttp(new AddressGuard(AllowedHosts.parse(allowed)), resolver, 'image-job/0 (test)');
}

function options(answerDeadlineMs = PATIENCE_MS): { signal: AbortSignal; answerDeadlineMs: number } {
  return { signal: new AbortController().signal, answerDeadlineMs };
}

describe('GuardedHttp', () => {
  let server: HostileServer;
  let http: GuardedHttp;

  beforeEach(async () => {
    server = await HostileServer.start();
    http = httpFor(['127.0.0.1', 'images.test']);
  });

  afterEach(async () => {
    await http.onApplicationShutdown();
    await server[Symbol.asyncDispose]();
  });

  it('gives status, headers and body, and identifies itself', async () => {
    const url = server.on('/a', whole(Buffer.from('hello'), { etag: '"1"' }));
    const answer = await http.get(url, { ...options(), headers: { accept: 'image/*' } });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect((await buffer(answer.body)).toString()).toBe('hello');
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'image-job/0 (test)',
      accept: 'image/*',
    });
  });

  it('reuses a connection', async () => {
    const url = server.on('/a', whole(Buffer.from('hello')));
    for (let time = 0; time < 6; time += 1) await buffer((await http.get(url, options())).body);
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('follows five redirects and reports the final address', async () => {
    for (let hop = 0; hop < 5; hop += 1) server.on(`/${hop}`, status(302, { location: `/${hop + 1}` }));
    server.on('/5', whole(Buffer.from('there')));
    const answer = await http.get(server.url('/0'), options());
    expect(answer.finalUrl.pathname).toBe('/5');
    expect((await buffer(answer.body)).toString()).toBe('there');
  });

  it('gives up at the sixth redirect', async () => {
    const url = server.on('/loop', status(302, { location: '/loop' }));
    await expect(http.get(url, options())).rejects.toMatchObject({ code: 'network.too_many_redirects' });
    expect(server.times('/loop')).toBe(6);
  });

  it('returns a redirect without a target as it is', async () => {
    const answer = await http.get(server.on('/r', status(302)), options());
    expect(answer.status).toBe(302);
    answer.body.destroy();
  });

  it('ends a redirect whose own page never ends', async () => {
    server.on('/there', whole(Buffer.from('there')));
    const url = server.on('/here', (request, response) => {
      response.writeHead(302, { location: '/there' });
      endless(Buffer.from('x'))(request, response);
    });
    const answer = await http.get(url, options());
    expect(answer.finalUrl.pathname).toBe('/there');
    answer.body.destroy();
  });

  it('does not wait for a redirect whose own page stalls', async () => {
    server.on('/there', whole(Buffer.from('there')));
    const url = server.on('/here', (_request, response) => {
      response.writeHead(302, { location: '/there', 'content-length': '99' }).write('see ');
    });
    const answer = await http.get(url, options());
    expect(answer.finalUrl.pathname).toBe('/there');
    answer.body.destroy();
  });

  it('returns the cookies of a redirect to the same site only', async () => {
    const told = (path: string): string | undefined =>
      server.requests.find(({ url }) => url === path)?.headers.cookie;
    const cookies = ['a=1; Path=/', 'b="2 3"; Max-Age=60', 'c=4; Secure', 'd=5; Domain=else.test', 'e=6'];
    const url = server.on('/0', (_request, response) => {
      response.writeHead(302, { location: '/1', 'set-cookie': cookies }).end();
    });
    server.on('/1', (_request, response) => {
      response.writeHead(302, { location: server.url('/2', 'images.test'), 'set-cookie': 'e=0; Max-Age=0' });
      response.end();
    });
    server.on('/2', status(302, { location: server.url('/3') }));
    server.on('/3', whole(Buffer.from('there')));
    (await http.get(url, options())).body.destroy();
    expect(['/0', '/1', '/2', '/3'].map(told)).toEqual([
      undefined,
      'a=1; b="2 3"; e=6',
      undefined,
      'a=1; b="2 3"',
    ]);
    (await http.get(server.url('/3'), options())).body.destroy();
    expect(server.requests.at(-1)?.headers.cookie).toBeUndefined();
  });

  it('takes the first of repeated headers', async () => {
    const url = server.on('/twice', (_request, response) => {
      response.setHeader('retry-after', ['3', '9']);
      response.setHeader('x-robots-tag', ['noindex', 'noai']);
      response.writeHead(503).end();
    });
    const { headers, body } = await http.get(url, options());
    body.destroy();
    expect(headers['retry-after']).toBe('3');
    expect(headers['x-robots-tag']).toEqual(['noindex', 'noai']);
  });

  it('accepts many headers', async () => {
    const policy = { 'content-security-policy': 'x'.repeat(40_000) };
    const answer = await http.get(server.on('/wordy', whole(Buffer.from('well'), policy)), options());
    expect((await buffer(answer.body)).toString()).toBe('well');
  });

  it('ends a late request together with its connection', async () => {
    const url = server.on('/silent', silent);
    await expect(http.get(url, options(50))).rejects.toMatchObject({ code: 'network.timeout' });
    await Promise.all([...server.sockets].map((socket) => once(socket, 'close')));
    expect(server.sockets.size).toBe(0);
  });

  it('ends with the reason of its signal, also while the body is read', async () => {
    const stop = new AbortController();
    const url = server.on('/endless', endless(Buffer.from('x')));
    const answer = await http.get(url, { signal: stop.signal, answerDeadlineMs: PATIENCE_MS });
    const reading = buffer(answer.body);
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    await expect(http.get(url, { signal: stop.signal, answerDeadlineMs: PATIENCE_MS })).rejects.toThrow(
      'enough',
    );
  });

  it('reports that nobody listens', async () => {
    const gone = await HostileServer.start();
    const url = gone.url('/a');
    await gone[Symbol.asyncDispose]();
    await expect(http.get(url, options())).rejects.toMatchObject({
      code: 'network.unreachable',
      context: { reason: 'ECONNREFUSED' },
    });
  });

  it('survives an unread body whose sender leaves', async () => {
    // undici 6 and 7 end the process here: the paused parser meets the end of the connection.
    const body = Buffer.alloc(4_000_000, 1);
    const url = server.on('/gone', broken(body, 2_000_000));
    const answer = await http.get(url, options());
    await Promise.race([pause(300), ...[...server.sockets].map((socket) => once(socket, 'close'))]);
    await expect(buffer(answer.body)).rejects.toMatchObject({
      code: 'network.unreachable',
      context: { reason: 'UND_ERR_SOCKET' },
    });
    const next = await http.get(server.on('/a', whole(Buffer.from('well'))), options());
    expect((await buffer(next.body)).toString()).toBe('well');
  });

  it('survives a body that is dropped unread', async () => {
    const answer = await http.get(server.on('/big', endless(Buffer.from('x'))), options());
    answer.body.destroy();
    expect(await until('its connection ends', () => server.sockets.size === 0)).toBe(true);
  });

  it('reaches a name that may be private at its resolved address', async () => {
    server.on('/a', whole(Buffer.from('named')));
    const answer = await http.get(server.url('/a', 'images.test'), options());
    expect((await buffer(answer.body)).toString()).toBe('named');
    expect(server.requests[0]?.headers.host).toBe(`images.test:${server.port}`);
  });
});

describe('addresses that GuardedHttp never reaches', () => {
  let canary: HostileServer;
  let allowed: HostileServer;

  beforeEach(async () => {
    canary = await HostileServer.start();
    allowed = await HostileServer.start();
  });

  afterEach(async () => {
    await canary[Symbol.asyncDispose]();
    await allowed[Symbol.asyncDispose]();
  });

  const REFUSED = { code: 'network.address_refused', connections: 0 };

  /** The end of a request, and the number of connections to the canary. */
  async function attempt(http: GuardedHttp, url: string): Promise<{ code: string; connections: number }> {
    const end = await http.get(url, options()).then(
      (answer) => String(answer.status),
      (error: unknown) => (isAppError(error) ? error.code : String(error)),
    );
    await http.onApplicationShutdown();
    return { code: end, connections: canary.connections };
  }

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '0',
    'localhost',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '127.0.0.1.',
    '①②⑦.0.0.1',
  ])('is a canary called %s', async (host) => {
    expect(await attempt(httpFor([]), `http://${host}:${canary.port}/`)).toEqual(REFUSED);
  });

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['93.184.216.34', '127.0.0.1']],
    [['0.0.0.0']],
  ])('is a name that resolves to %j', async (addresses) => {
    expect(await attempt(httpFor([], new ScriptedResolver([addresses])), 'http://innocent.test/')).toEqual(
      REFUSED,
    );
  });

  it('include a name that turns private at a later connection', async () => {
    const rebinding = new ScriptedResolver([['127.0.0.1'], ['10.0.0.1'], ['127.0.0.1']]);
    const guard = new AddressGuard(AllowedHosts.parse([`images.test:${allowed.port}`]));
    const http = new GuardedHttp(guard, rebinding, 'image-job/0');
    allowed.on('/', whole(Buffer.from('x'), { connection: 'close' }));
    await buffer((await http.get(allowed.url('/', 'images.test'), options())).body);
    expect(await attempt(http, 'http://images.test/')).toEqual(REFUSED);
  });

  it('include an allowed name at a port that was not allowed', async () => {
    expect(await attempt(httpFor([`127.0.0.1:${allowed.port}`]), canary.url('/'))).toEqual(REFUSED);
    expect(await attempt(httpFor([`images.test:${allowed.port}`]), canary.url('/', 'images.test'))).toEqual(
      REFUSED,
    );
  });

  it.each([
    ['its address', (port: number) => `http://127.0.0.1:${port}/`],
    ['another spelling', (port: number) => `//0x7f.1:${port}/`],
    ['a name', (port: number) => `http://localhost:${port}/`],
    ['credentials', (port: number) => `http://a:b@127.0.0.1:${port}/`],
    ['another scheme', (port: number) => `ftp://127.0.0.1:${port}/`],
  ])('is where a redirect leads by %s', async (_what, locationOf) => {
    const http = httpFor([`127.0.0.1:${allowed.port}`]);
    const url = allowed.on('/go', status(302, { location: locationOf(canary.port) }));
    expect(await attempt(http, url)).toEqual(REFUSED);
  });

  it('stay out of reach because a name is resolved once and the checked address is used', async () => {
    const resolver = new ScriptedResolver([['127.0.0.1'], ['10.0.0.1']]);
    const http = httpFor(['images.test'], resolver);
    allowed.on('/', whole(Buffer.from('x')));
    await buffer((await http.get(allowed.url('/', 'images.test'), options())).body);
    expect(resolver.asked).toEqual(['images.test']);
    await http.onApplicationShutdown();
  });
});
