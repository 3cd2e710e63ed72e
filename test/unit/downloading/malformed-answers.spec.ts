import { type BadHost, collectAmongGood, NOTHING_LOST } from '../../support/images/bad-among-good.js';
import { Collecting } from '../../support/collecting.js';
import { HostileServer, whole } from '../../support/network/hostile-server.js';
import {
  type Malformed,
  malformedChunks,
  malformedCodings,
  malformedHeads,
  malformedRedirects,
  mendableAnswers,
  oddAnswers,
} from '../../support/network/malformed-answers.js';
import '../../support/quiet-logs.js';
import { answering, RawServer, resetting } from '../../support/network/raw-server.js';
import { jpeg } from '../../support/images/sample-images.js';
import { until } from '../../support/until.js';

const IMAGE = await jpeg(100, 320, 200);

function hostsFor(malformed: readonly Malformed[]): Promise<BadHost[]> {
  return Promise.all(
    malformed.map(async ([what, answer, end]) => [what, await RawServer.start(answering(answer)), end]),
  );
}

it.each<[string, readonly Malformed[]]>([
  ['a head', malformedHeads(IMAGE)],
  ['a redirect', malformedRedirects()],
  ['a body in chunks', malformedChunks(IMAGE)],
  ['a coded body', malformedCodings(IMAGE)],
])('a malformed %s costs only its own image, with a reason', async (_kind, malformed) => {
  expect(await collectAmongGood(await hostsFor(malformed))).toEqual(NOTHING_LOST);
});

it.each([
  ['is merely odd', oddAnswers],
  ['can be mended', mendableAnswers],
] as const)('a response that %s costs no image', async (_kind, answers) => {
  const images = await Promise.all(answers(IMAGE).map((_, seed) => jpeg(200 + seed, 64, 48)));
  const odd = images.map((image, index): Malformed => {
    const [what = '', answer = Buffer.alloc(0)] = answers(image)[index] ?? [];
    return [what, answer, /^kept$/];
  });
  expect(await collectAmongGood(await hostsFor(odd))).toEqual(NOTHING_LOST);
});

it('a connection that breaks at any moment costs one image', async () => {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${IMAGE.length}\r\n\r\n`;
  const answer = Buffer.concat([Buffer.from(head), IMAGE]);
  const moments = [0, 1, 9, 17, 30, head.length - 1, head.length, head.length + 1, 900, answer.length - 1];
  const hosts = moments.map(async (bytes): Promise<BadHost> => [
    `after ${bytes} bytes`,
    await RawServer.start(resetting(answer.subarray(0, bytes))),
    /^(?:unreachable: |broken_image: ended early$)/,
  ]);
  expect(await collectAmongGood(await Promise.all(hosts))).toEqual(NOTHING_LOST);
});

/** Each never ends, and only one deadline may pass. */
it.each([
  ['words before the answer', '', 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n', { answerDeadlineMs: 1000 }],
  ['a head', 'HTTP/1.1 200 OK\r\n', 'X: y\r\n', { answerDeadlineMs: 1000 }],
  [
    'a trailer',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n',
    'X: y\r\n',
    { stallMs: 1000, rateWindowMs: 500 },
  ],
  [
    'a chunk extension',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;',
    'eeeeeeee',
    { stallMs: 1000, rateWindowMs: 500 },
  ],
])('%s without end is cut off', async (_what, start, more, limits) => {
  await using endless = await RawServer.start((socket) => {
    socket.once('data', () => {
      socket.write(start);
      const timer = setInterval(() => socket.write(more), 20);
      socket.on('close', () => clearInterval(timer));
    });
  });
  await using collecting = await Collecting.start({ limits });
  expect((await collecting.collect([endless.url()], 1)).kept).toEqual([]);
  expect(collecting.endOf(0)).toMatch(/^(?:timeout: |too_slow$)/);
  expect(await until('no connection is left', () => endless.sockets.size === 0)).toBe(true);
});

it('a bug of ours still ends the run', async () => {
  const mistake = new TypeError('ours');
  const inspector = { inspect: () => Promise.reject(mistake) };
  await using good = await HostileServer.start();
  await using collecting = await Collecting.start({ inspector });
  await expect(collecting.collect([good.on('/good', whole(IMAGE))], 1)).rejects.toBe(mistake);
});
