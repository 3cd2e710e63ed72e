import { type BadHost, collectAmongGood, NOTHING_LOST } from '../../support/images/bad-among-good.js';
import { Collecting } from '../../support/collecting.js';
import { framesAfterRequest } from '../../support/network/http2-frames.js';
import { malformedFrames } from '../../support/network/malformed-frames.js';
import '../../support/quiet-logs.js';
import { answering, RawServer, resetting, type Speaker } from '../../support/network/raw-server.js';
import { jpeg } from '../../support/images/sample-images.js';
import {
  EXPIRED_CERTIFICATE,
  TEST_CERTIFICATE,
  trustTestCertificate,
} from '../../support/network/test-certificate.js';

const IMAGE = await jpeg(100, 320, 200);
const LENGTH = `Content-Length: ${IMAGE.length}`;
const ANSWER = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${LENGTH}\r\n\r\n`), IMAGE]);

let forget: () => void;
beforeEach(() => (forget = trustTestCertificate()));
afterEach(() => forget());

/** Bytes sent instead of a handshake. */
const HANDSHAKES: readonly (readonly [string, Speaker, RegExp])[] = [
  ['plain HTTP', answering(ANSWER), /^unreachable: ERR_SSL_/],
  ['garbage', answering(Buffer.alloc(500, 'garbage')), /^unreachable: ERR_SSL_/],
  ['zeros', answering(Buffer.alloc(500)), /^unreachable: ERR_SSL_/],
  ['an alert', answering(Buffer.from('15030300020228', 'hex')), /^unreachable: ERR_SSL_/],
  ['an alert nobody knows', answering(Buffer.from('150303000202ff', 'hex')), /^unreachable: /],
  ['a record over the limit', answering(Buffer.from('160303ffff', 'hex')), /^unreachable: /],
  ['half a hello', answering(Buffer.from('1603030040020000', 'hex')), /^unreachable: /],
  ['nothing', answering(Buffer.alloc(0)), /^unreachable: /],
  ['a reset', resetting(Buffer.alloc(0)), /^unreachable: /],
  ['the end before it began', (socket) => socket.resume().end(), /^unreachable: /],
];

it.each(HANDSHAKES)('%s in place of a handshake costs one image', async (what, speak, end) => {
  const bad: BadHost = [what, await RawServer.start(speak, 'https'), end];
  expect(await collectAmongGood([bad])).toEqual(NOTHING_LOST);
});

it.each([
  ['has expired', EXPIRED_CERTIFICATE, /^unreachable: CERT_HAS_EXPIRED$/],
  [
    'speaks only ancient versions',
    { ...TEST_CERTIFICATE, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' },
    /^unreachable: ERR_SSL_/,
  ],
  ['speaks another protocol', { ...TEST_CERTIFICATE, ALPNProtocols: ['spdy/3'] }, /^unreachable: ERR_SSL_/],
  [
    'knows no common cipher',
    { ...TEST_CERTIFICATE, ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2' },
    /^unreachable: /,
  ],
] as const)('a host whose TLS %s costs one image', async (what, options, end) => {
  const server = await RawServer.startSecure({ ...options }, answering(ANSWER));
  expect(await collectAmongGood([[what, server, end]])).toEqual(NOTHING_LOST);
});

it('a host with a certificate for another name costs one image', async () => {
  const host = 'else.localhost';
  await using server = await RawServer.startSecure(TEST_CERTIFICATE, answering(ANSWER));
  await using collecting = await Collecting.start({ allowedHosts: [host] });
  await collecting.collect([server.url().replace('127.0.0.1', host)], 1);
  expect(collecting.endOf(0)).toBe('unreachable: ERR_TLS_CERT_ALTNAME_INVALID');
});

it.each([
  ['garbage', answering(Buffer.from('well\r\n\r\n')), /^bad_headers: HTTPParserError$/],
  ['half an image', answering(ANSWER.subarray(0, -500)), /^broken_image: ended early$/],
  ['a reset amid an image', resetting(ANSWER.subarray(0, -500)), /^broken_image: ended early$/],
  ['a reset at once', resetting(Buffer.alloc(0)), /^unreachable: /],
] satisfies [string, Speaker, RegExp][])(
  '%s behind a good handshake costs one image',
  async (what, speak, end) => {
    const server = await RawServer.startSecure(TEST_CERTIFICATE, speak);
    expect(await collectAmongGood([[what, server, end]])).toEqual(NOTHING_LOST);
  },
);

it('malformed frames of HTTP/2 cost only their own images, with a reason', async () => {
  const options = { ...TEST_CERTIFICATE, ALPNProtocols: ['h2'] };
  const hosts = malformedFrames(IMAGE).map(async ([what, frames, then, end]): Promise<BadHost> => {
    const speak = framesAfterRequest(frames, then === 'hangs up');
    return [what, await RawServer.startSecure(options, speak), end];
  });
  expect(await collectAmongGood(await Promise.all(hosts))).toEqual(NOTHING_LOST);
});
