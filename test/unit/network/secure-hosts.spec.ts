import { constants } from 'node:http2';
import { buffer } from 'node:stream/consumers';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { GuardedHttp } from '../../../src/network/guarded-http.js';
import { HostileServer, status, whole } from '../../support/network/hostile-server.js';
import { FRAME, frame, framesAfterRequest } from '../../support/network/http2-frames.js';
import { begunStream, Http2Server, wholeStream } from '../../support/network/http2-server.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { RawServer } from '../../support/network/raw-server.js';
import { ScriptedResolver } from '../../support/network/scripted.name-resolver.js';
import { TEST_CERTIFICATE, trustTestCertificate } from '../../support/network/test-certificate.js';

const BODY = Buffer.alloc(100_000, 'well ');

function options(answerDeadlineMs = PATIENCE_MS): { signal: AbortSignal; answerDeadlineMs: number } {
  return { signal: new AbortController().signal, answerDeadlineMs };
}

let http: GuardedHttp;

beforeEach(() => {
  const guard = new AddressGuard(AllowedHosts.parse(['127.0.0.1', 'localhost', 'else.test']));
  http = new GuardedHttp(guard, new ScriptedResolver([['127.0.0.1']]), 'image-job/0');
});

afterEach(() => http.onApplicationShutdown());

function unreachable(reason: string): object {
  return { code: 'network.unreachable', context: { reason } };
}

async function bodyOf(url: string): Promise<Buffer> {
  return buffer((await http.get(url, options())).body);
}

describe('a host with TLS', () => {
  let server: HostileServer;
  let forget: () => void;

  beforeEach(async () => {
    forget = trustTestCertificate();
    server = await HostileServer.startSecure();
    server.on('/a', whole(BODY));
  });

  afterEach(async () => {
    forget();
    await server[Symbol.asyncDispose]();
  });

  it('is reached by address and by name', async () => {
    expect(await bodyOf(server.url('/a'))).toEqual(BODY);
    expect(await bodyOf(server.url('/a', 'localhost'))).toEqual(BODY);
  });

  it('keeps its connection', async () => {
    for (let time = 0; time < 6; time += 1) await bodyOf(server.url('/a'));
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('may redirect to a host without TLS, and back', async () => {
    await using plain = await HostileServer.start();
    plain.on('/1', status(302, { location: server.url('/a') }));
    server.on('/0', status(302, { location: plain.url('/1') }));
    expect(await bodyOf(server.url('/0'))).toEqual(BODY);
  });

  it.each([
    ['has another name', 'ERR_TLS_CERT_ALTNAME_INVALID', () => server.url('/a', 'else.test')],
    ['is nobody we trust', 'DEPTH_ZERO_SELF_SIGNED_CERT', () => (forget(), server.url('/a'))],
  ])('is left alone where it %s', async (_what, reason, urlOf) => {
    await expect(http.get(urlOf(), options())).rejects.toMatchObject(unreachable(reason));
    expect(server.asked).toEqual([]);
  });

  it('is given up if it has no TLS at all', async () => {
    await using plain = await HostileServer.start();
    const url = plain.url('/a').replace('http:', 'https:');
    await expect(http.get(url, options())).rejects.toMatchObject(unreachable('ERR_SSL_WRONG_VERSION_NUMBER'));
    expect(plain.asked).toEqual([]);
  });
});

describe('a host that speaks only HTTP/2', () => {
  let server: Http2Server;
  let forget: () => void;

  beforeEach(async () => {
    forget = trustTestCertificate();
    server = await Http2Server.start();
  });

  afterEach(async () => {
    forget();
    await http.onApplicationShutdown();
    await server[Symbol.asyncDispose]();
  });

  it('is asked by HTTP/2, and by HTTP/1.1 only once', async () => {
    const url = server.on('/a', wholeStream(BODY));
    expect(await bodyOf(url)).toEqual(BODY);
    const bodies = await Promise.all(Array.from({ length: 20 }, () => bodyOf(url)));
    expect(bodies.every((body) => body.equals(BODY))).toBe(true);
    expect(server).toMatchObject({ connections: 2, sessions: 1 });
  });

  it.each([
    ['breaks off a body', begunStream(BODY, (stream) => stream.destroy(new Error('broken')))],
    ['breaks its connection', begunStream(BODY, (stream) => stream.session?.destroy())],
  ])('tells a body that is whole from one where it %s', async (_what, behaviour) => {
    const good = server.on('/good', wholeStream(BODY));
    await expect(bodyOf(server.on('/bad', behaviour))).rejects.toMatchObject({ code: expect.any(String) });
    expect(await bodyOf(good)).toEqual(BODY);
  });

  it.each([
    ['refuses', constants.NGHTTP2_REFUSED_STREAM],
    ['fails', constants.NGHTTP2_INTERNAL_ERROR],
  ])('is unreachable where it %s', async (_what, code) => {
    const url = server.on('/bad', (stream) => stream.close(code));
    await expect(http.get(url, options())).rejects.toMatchObject(unreachable('ERR_HTTP2_STREAM_ERROR'));
  });

  it('finishes its requests when it announces its end, and is connected to again', async () => {
    const url = server.on(
      '/last',
      begunStream(BODY, (stream) => {
        stream.session?.goaway();
        stream.end(BODY);
      }),
    );
    expect(await bodyOf(url)).toEqual(Buffer.concat([BODY, BODY]));
    expect(await bodyOf(server.on('/next', wholeStream(BODY)))).toEqual(BODY);
    expect(server.sessions).toBe(2);
  });

  it('is left in time if it has no room for a request', async () => {
    const noStreams = frame(FRAME.settings, 0, 0, Buffer.from([0, 3, 0, 0, 0, 0]));
    const tls = { ...TEST_CERTIFICATE, ALPNProtocols: ['h2'] };
    await using full = await RawServer.startSecure(tls, framesAfterRequest([noStreams], false));
    for (let time = 0; time < 3; time += 1)
      await expect(http.get(full.url(), options(300))).rejects.toMatchObject({ code: 'network.timeout' });
    expect(full.sockets.size).toBeGreaterThan(0);
  });

  it('stops for one reader without stopping for the others', async () => {
    const stop = new AbortController();
    const url = server.on(
      '/endless',
      begunStream(BODY, () => undefined),
    );
    const { body } = await http.get(url, { ...options(), signal: stop.signal });
    const reading = buffer(body);
    const good = bodyOf(server.on('/good', wholeStream(BODY)));
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(await good).toEqual(BODY);
    await expect(
      http.get(
        server.on('/silent', () => undefined),
        options(50),
      ),
    ).rejects.toMatchObject({
      code: 'network.timeout',
    });
    expect(server.sessions).toBe(1);
  });
});
