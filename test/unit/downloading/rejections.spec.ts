import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { DownloadLimits } from '../../../src/downloading/download-limits.js';
import { Collecting } from '../../support/collecting.js';
import {
  type Behaviour,
  broken,
  chunked,
  dripping,
  endless,
  first,
  HostileServer,
  late,
  silent,
  stalled,
  status,
  whole,
} from '../../support/network/hostile-server.js';
import { animation, jpeg, picture, pixelBomb } from '../../support/images/sample-images.js';

const IMAGE = await jpeg(1);
const NOISE = await picture(2, 900, 700).png().toBuffer();
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
const text = (content: string): Behaviour => whole(Buffer.from(content), { 'content-type': 'image/jpeg' });

const coded = (body: Buffer, coding: string): Behaviour => whole(body, { 'content-encoding': coding });

/** Flips bytes in the middle of a file, where only a decoder notices. */
function damaged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const middle = Math.floor(copy.length / 2);
  copy.fill(0xff, middle, middle + 64);
  return copy;
}

const MISBEHAVIOURS: readonly (readonly [string, Behaviour, string])[] = [
  ['a page that is gone', status(404), 'http_status: 404'],
  ['a server error', status(500), 'http_status: 500'],
  ['an empty answer', status(204), 'http_status: 204'],
  ['a part instead of the whole', status(206), 'broken_image: a part only'],
  ['an empty file', whole(Buffer.alloc(0)), 'empty'],
  [
    'a web page that claims to be an image',
    text(`<!doctype html><title>x</title>${' '.repeat(99)}`),
    'not_an_image',
  ],
  ['a few bytes', text('x'), 'not_an_image'],
  ['an SVG', text(SVG), 'unsupported_format: svg'],
  ['an SVG behind an XML head', text(`<?xml version="1.0"?>\n${SVG}`), 'unsupported_format: svg'],
  ['a BMP', whole(Buffer.from('424d460000000000000036000000', 'hex')), 'unsupported_format: bmp'],
  ['a TIFF', whole(await picture(3).tiff().toBuffer()), 'unsupported_format: tiff'],
  ['a connection that breaks within the body', broken(IMAGE, 500), 'broken_image: ended early'],
  ['a connection that breaks at once', (request) => request.socket.destroy(), 'unreachable: UND_ERR_SOCKET'],
  ['a truncated JPEG', whole(IMAGE.subarray(0, IMAGE.length / 2)), 'broken_image'],
  ['a truncated PNG', whole(NOISE.subarray(0, NOISE.length / 2)), 'broken_image'],
  ['a damaged PNG', whole(damaged(NOISE)), 'broken_image'],
  ['a truncated WebP', whole((await picture(4).webp().toBuffer()).subarray(0, 800)), 'broken_image'],
  ['a truncated GIF', whole((await picture(4).gif().toBuffer()).subarray(0, 900)), 'broken_image'],
  [
    'a truncated AVIF',
    whole((await picture(4).avif({ effort: 0 }).toBuffer()).subarray(0, 900)),
    'broken_image',
  ],
  ['an animation cut short', whole((await animation('gif', 9)).subarray(0, -4000)), 'broken_image'],
  ['only the first bytes of a JPEG', whole(IMAGE.subarray(0, 40)), 'broken_image'],
  ['a length that is too short', whole(IMAGE, { 'content-length': '900' }), 'broken_image'],
  ['a file that says it is too large', whole(Buffer.alloc(2_000_001)), 'too_large'],
  ['a file that is too large without saying so', endless(IMAGE), 'too_large'],
  [
    'a compressed bomb',
    whole(gzipSync(Buffer.concat([IMAGE, Buffer.alloc(50_000_000)])), { 'content-encoding': 'gzip' }),
    'too_large',
  ],
  [
    'a broken coding',
    whole(Buffer.from('no gzip at all'), { 'content-encoding': 'gzip' }),
    'broken_image: content coding',
  ],
  ['an unknown coding', coded(Buffer.from('vzntr'), 'rot13'), 'not_an_image'],
  ['codings without end', coded(IMAGE, 'gzip, gzip, gzip'), 'unsupported_format: content coding'],
  ['a pixel bomb', whole(await pixelBomb(10_000, 10_000)), 'too_many_pixels'],
  ['a tracking pixel', whole(await picture(5, 1, 1).png().toBuffer()), 'too_small'],
  ['a site owner who opted out', whole(IMAGE, { 'x-robots-tag': 'noindex, noimageai' }), 'opted_out'],
  ['a redirect without end', status(302, { location: '?' }), 'too_many_redirects'],
  [
    'a redirect to a private address',
    status(302, { location: 'http://10.0.0.1/' }),
    'address_refused: private_address',
  ],
  ['a rate limit that does not end', status(429), 'rate_limited: 429'],
  ['a rate limit for longer than is waited', status(503, { 'retry-after': '3600' }), 'rate_limited: 503'],
];

/** Each with one short deadline, so that no other passes first. */
const TOO_SLOW: readonly (readonly [string, Behaviour, Partial<DownloadLimits>, string])[] = [
  ['a server that never answers', silent, { answerDeadlineMs: 500 }, 'timeout: no answer'],
  [
    'a body that falls silent',
    stalled(NOISE, 20_000),
    { stallMs: 400, rateWindowMs: 200 },
    'timeout: stalled',
  ],
  ['a drip', dripping(NOISE, 8, 20), { rateWindowMs: 200 }, 'too_slow'],
];

describe('rejections and their reasons', () => {
  let server: HostileServer;
  let collecting: Collecting;

  beforeAll(async () => {
    server = await HostileServer.start();
    collecting = await Collecting.start({ environment: { MAX_IMAGE_BYTES: '2MB' } });
  });

  afterAll(async () => {
    await collecting[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    collecting.outcomes.length = 0;
  });

  it.each(MISBEHAVIOURS)('%s', async (_what, behaviour, end) => {
    const url = server.on('/bad', behaviour);
    const { kept } = await collecting.collect([url], 1);
    expect(kept).toEqual([]);
    expect(collecting.outcomes).toHaveLength(1);
    expect(collecting.endOf(0)).toMatch(new RegExp(`^${end}`));
    expect(await collecting.files()).toEqual([]);
  });

  it.each(TOO_SLOW)('%s', async (_what, behaviour, limits, end) => {
    await using impatient = await Collecting.start({ limits });
    const { kept } = await impatient.collect([server.on('/slow', behaviour)], 1);
    expect(kept).toEqual([]);
    expect(impatient.endOf(0)).toMatch(new RegExp(`^${end}`));
    expect(await impatient.files()).toEqual([]);
  });

  it.each([
    ['no address', null, 'no_image_url'],
    ['no URL at all', 'nonsense', 'address_refused: not_a_url'],
    ['another scheme', 'ftp://example.com/a.jpg', 'address_refused: scheme'],
    ['a private address', 'http://10.0.0.1/a.jpg', 'address_refused: private_address'],
    ['a name that does not exist', 'http://nowhere.invalid/a.jpg', 'unreachable'],
    ['a port where nobody listens', 'http://127.0.0.1:1/a.jpg', 'unreachable: ECONNREFUSED'],
  ])('%s', async (_what, url, end) => {
    expect(await collecting.collect([url], 1)).toEqual({ kept: [] });
    expect(collecting.endOf(0)).toMatch(new RegExp(`^${end}`));
  });

  it.each([
    ['chunks without a length', chunked(IMAGE, 300)],
    ['a gzip coding', coded(gzipSync(IMAGE), 'gzip')],
    ['a deflate coding', coded(deflateSync(IMAGE), 'deflate')],
    ['a brotli coding', coded(brotliCompressSync(IMAGE), 'br')],
    ['a bare deflate coding', coded(deflateRawSync(IMAGE), 'deflate')],
    ['two codings', coded(gzipSync(deflateSync(IMAGE)), 'deflate, gzip')],
    ['a coding that it only claims', coded(IMAGE, 'gzip')],
    ['a coding that is none', coded(IMAGE, 'utf-8')],
    [
      'a header that comes twice',
      (_request, response) => {
        response.setHeader('content-encoding', ['gzip', 'identity']);
        response.writeHead(200).end(gzipSync(IMAGE));
      },
    ],
    ['a server error that passes', first(status(500), status(502), whole(IMAGE))],
    [
      'word that it came through a proxy',
      (_request, response) => {
        response.writeHead(203).end(IMAGE);
      },
    ],
    [
      'a cookie that has to come back',
      (request, response) => {
        if (request.headers.cookie === 'seen=1') whole(IMAGE)(request, response);
        else status(302, { location: '/odd', 'set-cookie': 'seen=1; Path=/; HttpOnly' })(request, response);
      },
    ],
    ['a rate limit that passes', first(status(429), status(503, { 'retry-after': '0' }), whole(IMAGE))],
    ['a connection that breaks once', first(broken(IMAGE, 500), whole(IMAGE))],
    ['a late answer', late(IMAGE, 300)],
    ['another type than it claims', whole(IMAGE, { 'content-type': 'text/plain' })],
  ] satisfies [string, Behaviour][])('keeps an image in spite of %s', async (_what, behaviour) => {
    const collected = await collecting.collect([server.on('/odd', behaviour)], 1);
    expect(await collecting.bytesOf(collected)).toEqual([IMAGE]);
    await collecting.folder.remove('0123456789abcdef0123456789abcdef');
  });

  it('waits as long as a rate limit asks, and no longer', async () => {
    const url = server.on('/soon', first(status(429, { 'retry-after': '1' }), whole(IMAGE)));
    const before = performance.now();
    await collecting.collect([url], 1);
    expect(collecting.endOf(0)).toBe('kept');
    expect(performance.now() - before).toBeGreaterThan(990);
    await collecting.folder.remove('0123456789abcdef0123456789abcdef');
  });

  it('keeps a 16-bit PNG whose name says otherwise, with its true format', async () => {
    const png = await sharp(NOISE).toColourspace('rgb16').png().toBuffer();
    const url = server.on('/photo.jpg', whole(png, { 'content-type': 'image/jpeg' }));
    const { kept } = await collecting.collect([url], 1);
    expect(kept[0]?.outcome).toMatchObject({ file: { format: 'png', bytes: png.length } });
  });
});
