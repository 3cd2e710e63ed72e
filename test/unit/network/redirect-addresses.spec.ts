import { text } from 'node:stream/consumers';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { GuardedHttp } from '../../../src/network/guarded-http.js';
import { HostileServer, whole } from '../../support/network/hostile-server.js';
import { Http2Server, wholeStream } from '../../support/network/http2-server.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { answering, RawServer } from '../../support/network/raw-server.js';
import { ScriptedResolver } from '../../support/network/scripted.name-resolver.js';
import { trustTestCertificate } from '../../support/network/test-certificate.js';

/** A redirect whose address consists of these bytes. */
function leadingTo(address: Buffer | string): Promise<RawServer> {
  const [start, end] = ['HTTP/1.1 302 Found\r\nLocation: ', '\r\nContent-Length: 0\r\n\r\n'];
  return RawServer.start(answering(Buffer.concat([start, address, end].map((part) => Buffer.from(part)))));
}

describe('the address of a redirect', () => {
  let http: GuardedHttp;

  beforeEach(() => {
    const guard = new AddressGuard(AllowedHosts.parse(['127.0.0.1', 'köln.test']));
    http = new GuardedHttp(guard, new ScriptedResolver([['127.0.0.1']]), 'image-job/0');
  });
  afterEach(() => http.onApplicationShutdown());

  const get = (url: string) =>
    http.get(url, { signal: new AbortController().signal, answerDeadlineMs: PATIENCE_MS });

  it.each([
    ['in UTF-8', '/köln/熊猫.jpg?größe=ß', '/k%C3%B6ln/%E7%86%8A%E7%8C%AB.jpg?gr%C3%B6%C3%9Fe=%C3%9F'],
    ['in letters and escapes', '/köln%20%C3%B6.jpg', '/k%C3%B6ln%20%C3%B6.jpg'],
    ['with a space and a bear', '/a b 🐼.jpg', '/a%20b%20%F0%9F%90%BC.jpg'],
    ['in another code', Buffer.from('/k\xf6ln.jpg', 'latin1'), '/k%F6ln.jpg'],
  ])('%s is asked for as browsers do', async (_how, address, path) => {
    await using good = await HostileServer.start();
    good.on(path, whole(Buffer.from('well')));
    await using server = await leadingTo(Buffer.concat([Buffer.from(good.url('')), Buffer.from(address)]));
    const answer = await get(server.url());
    expect([answer.status, await text(answer.body)]).toEqual([200, 'well']);
    expect(good.asked).toEqual([path]);
  });

  it('may name a host in letters other than ASCII', async () => {
    await using good = await HostileServer.start();
    good.on('/a', whole(Buffer.from('well')));
    await using server = await leadingTo(`http://KÖLN.test:${good.port}/a`);
    const answer = await get(server.url());
    expect(await text(answer.body)).toBe('well');
    expect(answer.finalUrl.hostname).toBe('xn--kln-sna.test');
  });

  it('is the same over HTTP/2', async () => {
    const forget = trustTestCertificate();
    await using server = await Http2Server.start();
    const there = server.on('/k%C3%B6ln', wholeStream(Buffer.from('well')));
    // Node writes the letters of a header as bytes.
    const location = Buffer.from(there.replace('%C3%B6', 'ö')).toString('latin1');
    const url = server.on('/', (stream) => stream.respond({ ':status': 302, location }, { endStream: true }));
    expect(await text((await get(url)).body)).toBe('well');
    forget();
  });

  it.each([
    ['digits of full width', 'http://１０.0.０.１/'],
    ['digits in circles', 'http://①②⑦.0.0.2/'],
    ['another dot', 'http://127。0。0。2/'],
    ['a name without a host', '//10.0.0.1／ö'],
    ['a name in letters and a private address', 'http://10.0.0.1/ö'],
    ['escaped letters', 'http://%EF%BC%91%EF%BC%90.0.0.1/ö'],
  ])('that hides a private one in %s is refused', async (_how, address) => {
    await using server = await leadingTo(address);
    await expect(get(server.url())).rejects.toMatchObject({ code: 'network.address_refused' });
  });
});
