import { constants } from 'node:http2';
import type { DownloadLimits } from '../../../src/downloading/download-limits.js';
import { Collecting } from '../../support/collecting.js';
import {
  type Behaviour,
  broken,
  HostileServer,
  silent,
  stalled,
  whole,
} from '../../support/network/hostile-server.js';
import {
  begunStream,
  Http2Server,
  type StreamBehaviour,
  wholeStream,
} from '../../support/network/http2-server.js';
import { jpeg, picture } from '../../support/images/sample-images.js';
import { trustTestCertificate } from '../../support/network/test-certificate.js';

const IMAGE = await jpeg(1);
const NOISE = await picture(2, 900, 700).png().toBuffer();
const HALF = IMAGE.subarray(0, IMAGE.length / 2);
const FAILURE = new Error('broken');

/** One short deadline for a silent server; all others are out of reach. */
const LIMITS: Readonly<Record<string, Partial<DownloadLimits>>> = {
  silence: { answerDeadlineMs: 500 },
  'a stall': { stallMs: 400, rateWindowMs: 200 },
};

let forget: () => void;
let collecting: Collecting;

beforeEach(async () => {
  forget = trustTestCertificate();
  collecting = await Collecting.start();
});

afterEach(async () => {
  forget();
  await collecting[Symbol.asyncDispose]();
});

describe('of a host with TLS', () => {
  let server: HostileServer;

  beforeEach(async () => {
    server = await HostileServer.startSecure();
  });

  afterEach(() => server[Symbol.asyncDispose]());

  it('images are kept', async () => {
    const urls = Array.from({ length: 8 }, (_, index) => server.on(`/${index}`, whole(IMAGE)));
    await collecting.collect(urls, 1);
    expect(collecting.outcomes.some(({ outcome }) => outcome.status === 'kept')).toBe(true);
  });

  it.each([
    ['silence', silent, 'timeout: no answer'],
    ['a stall', stalled(NOISE, 20_000), 'timeout: stalled'],
    ['a connection that breaks', broken(IMAGE, 500), 'broken_image: ended early'],
    [
      'a connection that breaks at once',
      (request) => request.socket.destroy(),
      'unreachable: UND_ERR_SOCKET',
    ],
  ] satisfies [string, Behaviour, string][])('%s is rejected', async (what, behaviour, end) => {
    await using impatient = await Collecting.start({ limits: LIMITS[what] ?? {} });
    expect((await impatient.collect([server.on('/bad', behaviour)], 1)).kept).toEqual([]);
    expect(impatient.endOf(0)).toBe(end);
  });

  it('an image is rejected if nothing vouches for the host', async () => {
    forget();
    const { kept } = await collecting.collect([server.on('/good', whole(IMAGE))], 1);
    expect(kept).toEqual([]);
    expect(collecting.endOf(0)).toBe('unreachable: DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});

describe('of a host that speaks only HTTP/2', () => {
  let server: Http2Server;

  beforeEach(async () => {
    server = await Http2Server.start();
  });

  afterEach(() => server[Symbol.asyncDispose]());

  it('images are kept', async () => {
    const urls = Array.from({ length: 8 }, (_, index) => server.on(`/${index}`, wholeStream(IMAGE)));
    await collecting.collect(urls, 8);
    // They are all equal, so any of them may come first.
    const ends = urls.map((_, index) => collecting.endOf(index)).toSorted();
    expect(ends).toEqual([...Array.from({ length: 7 }, () => 'exact_duplicate'), 'kept']);
    expect(server.sessions).toBe(1);
  });

  it.each([
    [
      'a stream that is broken off',
      begunStream(HALF, (stream) => stream.destroy(FAILURE)),
      'broken_image: ended early',
    ],
    [
      'a connection that breaks',
      begunStream(HALF, (stream) => stream.session?.destroy()),
      'broken_image: ended early',
    ],
    [
      'a connection that breaks with a word',
      begunStream(HALF, (stream) => stream.session?.destroy(FAILURE)),
      'broken_image: ended early',
    ],
    ['half an image', wholeStream(HALF), 'broken_image: VipsJpeg: premature end of JPEG image'],
    [
      'a stream that fails',
      (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
      'unreachable: ERR_HTTP2_STREAM_ERROR',
    ],
    ['silence', () => undefined, 'timeout: no answer'],
    ['a stall', begunStream(NOISE.subarray(0, 20_000), () => undefined), 'timeout: stalled'],
  ] satisfies [string, StreamBehaviour, string][])('%s is rejected', async (what, behaviour, end) => {
    await using impatient = await Collecting.start({ limits: LIMITS[what] ?? {} });
    const url = server.on('/bad', behaviour);
    expect((await impatient.collect([url], 1)).kept).toEqual([]);
    expect(impatient.endOf(0)).toBe(end);
    expect(await impatient.files()).toEqual([]);
  });

  it('an image is kept in spite of a stream that is refused once', async () => {
    let times = 0;
    const url = server.on('/odd', (stream) => {
      times += 1;
      if (times === 1) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else wholeStream(IMAGE)(stream);
    });
    await collecting.collect([url], 1);
    expect(collecting.endOf(0)).toBe('kept');
  });
});
