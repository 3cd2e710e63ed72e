import { setTimeout as pause } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { GuardedHttp } from '../../../src/network/guarded-http.js';
import { mendedHead, statusIn } from '../../../src/network/mended-head.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { answering, RawServer, type Speaker } from '../../support/network/raw-server.js';
import { ScriptedResolver } from '../../support/network/scripted.name-resolver.js';
import { TEST_CERTIFICATE, trustTestCertificate } from '../../support/network/test-certificate.js';

const mended = (...lines: readonly string[]): string[] =>
  mendedHead(['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n'))
    .split('\r\n')
    .slice(1, -2);

describe('a head', () => {
  it.each([
    ['one length said twice', ['Content-Length: 5', 'content-length: 5'], ['Content-Length: 5']],
    ['a list of one length', ['Content-Length: 5 ,5', 'X: y'], ['X: y', 'Content-Length: 5']],
    ['a space before a colon', ['X \t: y'], ['X: y']],
    ['a folded line', ['X: a', ' b', '\tc', 'Y: z'], ['X: a b c', 'Y: z']],
    ['lines that are no header', ['X', ': y', 'A B: c', 'Y: z'], ['Y: z']],
    [
      'a length beside chunks',
      ['Content-Length: 5', 'Transfer-Encoding: gzip, Chunked'],
      ['Transfer-Encoding: gzip, Chunked'],
    ],
    ['a coding that is none', ['Transfer-Encoding: identity', 'Content-Length: 5'], ['Content-Length: 5']],
  ])('with %s is written as the rules want it', (_what, lines, right) => {
    expect(mended(...lines)).toEqual(right);
  });

  it.each([
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
    ['a list of two lengths', ['Content-Length: 5, 6']],
    ['a length that is no number', ['Content-Length: 5', 'Content-Length: five']],
    ['an empty length', ['Content-Length: ']],
    ['a length beside an unknown coding', ['Transfer-Encoding: odd', 'Content-Length: 5, 6']],
    ['a zero in it', ['X: a\0b']],
  ])('with %s stays for the parser to refuse', (_what, lines) => {
    expect(mended(...lines)).toEqual(lines);
  });

  it.each([
    ['HTTP/1.1 200 OK', 200],
    ['HTTP/1.0 404\r\n', 404],
    ['HTTP/1.1 2000 OK', null],
    ['HTTP/2 200 OK', null],
    ['ICY 200 OK', null],
  ])('%j begins with the status %s', (head, status) => {
    expect(statusIn(head)).toBe(status);
  });
});

describe('a host whose heads have to be mended', () => {
  let http: GuardedHttp;

  beforeEach(() => {
    const guard = new AddressGuard(AllowedHosts.parse(['127.0.0.1']));
    http = new GuardedHttp(guard, new ScriptedResolver([['127.0.0.1']]), 'image-job/0');
  });
  afterEach(() => http.onApplicationShutdown());

  const ANSWER =
    'HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 4\nContent-Length: 4\nX: y\n\nwell';
  const bodyOf = async (url: string): Promise<string> => {
    const options = { signal: new AbortController().signal, answerDeadlineMs: PATIENCE_MS };
    return text((await http.get(url, options)).body);
  };
  /** Sends the answer, and counts the requests. */
  function counting(asked: string[], answer: string): Speaker {
    return (socket) => {
      socket.on('data', (request) => {
        asked.push(String(request).split(' ')[1] ?? '');
        socket.end(answer);
      });
    };
  }

  it('is asked twice the first time, and then once', async () => {
    const asked: string[] = [];
    await using server = await RawServer.start(counting(asked, ANSWER));
    for (const path of ['/1', '/2', '/3']) expect(await bodyOf(server.url(path))).toBe('well');
    expect(asked).toEqual(['/1', '/1', '/2', '/3']);
  });

  it('is asked twice each time if nothing can be mended', async () => {
    const asked: string[] = [];
    await using server = await RawServer.start(counting(asked, 'HTTP/1.1 200 OK\r\nX: \0\r\n\r\nwell'));
    for (const path of ['/1', '/2'])
      await expect(bodyOf(server.url(path))).rejects.toMatchObject({ code: 'network.bad_answer' });
    expect(asked).toEqual(['/1', '/1', '/2', '/2']);
  });

  it('may send its head in any pieces', async () => {
    await using server = await RawServer.start((socket) => {
      socket.setNoDelay(true);
      socket.once('data', async () => {
        for (const letter of ANSWER) {
          socket.write(letter);
          await pause(1);
        }
        socket.end();
      });
    });
    expect(await bodyOf(server.url())).toBe('well');
  });

  it('may speak TLS', async () => {
    const forget = trustTestCertificate();
    await using server = await RawServer.startSecure(TEST_CERTIFICATE, answering(Buffer.from(ANSWER)));
    expect(await bodyOf(server.url())).toBe('well');
    forget();
  });

  it('is left at once if it keeps sending something else', async () => {
    await using server = await RawServer.start((socket) => {
      socket.once('data', () => socket.write('this is no head of anything'));
    });
    await expect(bodyOf(server.url())).rejects.toMatchObject({ code: 'network.bad_answer' });
  });

  it('cannot redirect to a refused address', async () => {
    const asked: string[] = [];
    await using secret = await RawServer.start(counting(asked, ANSWER));
    const to = secret.url().replace('127.0.0.1', '127.0.0.2');
    const redirect = `HTTP/1.1 302 Found\nLocation: ${to}\nContent-Length: 0\n\n`;
    await using leading = await RawServer.start(answering(Buffer.from(redirect)));
    await expect(bodyOf(leading.url())).rejects.toMatchObject({ code: 'network.address_refused' });
    expect(asked).toEqual([]);
  });
});
