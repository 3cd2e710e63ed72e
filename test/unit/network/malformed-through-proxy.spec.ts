import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { FilteringProxy } from '../../../src/network/filtering-proxy.js';
import {
  malformedChunks,
  malformedCodings,
  malformedHeads,
  malformedRedirects,
  oddAnswers,
} from '../../support/network/malformed-answers.js';
import '../../support/quiet-logs.js';
import { answering, RawServer } from '../../support/network/raw-server.js';
import { ScriptedResolver } from '../../support/network/scripted.name-resolver.js';

const BODY = Buffer.alloc(2000, 'well ');
const END = 'Content-Length: 4\r\n\r\nwell';

/** Heads that Node reads, but does not write unchanged. */
const UNWRITABLE: readonly (readonly [what: string, answer: Buffer])[] = [
  ['status 000', `HTTP/1.1 000 OK\r\n${END}`],
  ['status 099', `HTTP/1.1 099 OK\r\n${END}`],
  ['a reason of control characters', `HTTP/1.1 200 a\x01\0\x7f\r\n${END}`],
  ['a trailer that cannot come', `HTTP/1.1 200 OK\r\nTrailer: X\r\n${END}`],
  ['an upgrade', `HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nwell`],
  ['an upgrade without a name', 'HTTP/1.1 101 Switching\r\n\r\nwell'],
  ['words that are no answer', 'HTTP/1.1 199 Odd\r\n\r\n'],
  [
    'a connection kept for no time',
    `HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=0\r\n${END}`,
  ],
].map(([what = '', answer = '']) => [what, Buffer.from(answer, 'latin1')]);

describe('an answer that makes no sense, requested by the browser', () => {
  let proxy: FilteringProxy;
  let port: number;

  beforeEach(async () => {
    const guard = new AddressGuard(AllowedHosts.parse(['127.0.0.1']));
    proxy = new FilteringProxy(guard, new ScriptedResolver([['127.0.0.1']]));
    port = Number((await proxy.address()).split(':')[1]);
  });

  afterEach(() => proxy.onApplicationShutdown());

  /** The proxy's whole answer to one request. */
  async function saidTo(url: string): Promise<string> {
    const socket = connect({ host: '127.0.0.1', port });
    socket.write(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    return text(socket);
  }

  async function saidOf(answer: Buffer): Promise<string> {
    await using server = await RawServer.start(answering(answer));
    return await saidTo(server.url());
  }

  it.each<[string, readonly (readonly [string, Buffer, RegExp?])[]]>([
    ['its head', malformedHeads(BODY)],
    ['its redirect', malformedRedirects()],
    ['its chunks', malformedChunks(BODY)],
    ['its coding', malformedCodings(BODY)],
    ['what Node does not write', UNWRITABLE],
  ])('in %s, passes as an answer or as none', async (_kind, malformed) => {
    for (const [what, answer] of malformed) {
      const said = await saidOf(answer);
      expect([what, said === '' || /^HTTP\/1\.1 \d{3} /.test(said)]).toEqual([what, true]);
    }
    expect(await saidOf(Buffer.from(`HTTP/1.1 200 OK\r\n${END}`))).toMatch(/^HTTP\/1\.1 200 OK[^]*well$/);
  });

  it('is passed on with its body if the fault does not matter', async () => {
    // Node accepts 16 kB of chunk extensions.
    const odd = oddAnswers(BODY).filter(([what]) => what !== 'an extension of 1 MB');
    for (const [what, answer] of [...odd, ...UNWRITABLE.slice(2, 4)]) {
      const said = await saidOf(answer);
      expect([what, said.startsWith('HTTP/1.1 200 '), said.includes('well')]).toEqual([what, true, true]);
    }
  });
});
