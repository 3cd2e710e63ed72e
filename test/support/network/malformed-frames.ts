import { ACK, END_HEADERS, END_STREAM, FRAME, frame, header, status } from './http2-frames.js';

/** HTTP/2 frames that a server must not send, whether it hangs up afterwards, and the end of the download. */
export type MalformedFrames = readonly [
  what: string,
  frames: readonly Buffer[],
  then: 'stays' | 'hangs up',
  end: RegExp,
];

const LOST = /^unreachable: /;
const BAD = /^bad_answer: ERR_HTTP2_/;
/** A failed stream is retried, which may end differently. */
const CUT = /^(?:broken_image|bad_answer|unreachable): /;

const SETTINGS = frame(FRAME.settings, 0, 0);
const ACKNOWLEDGED = frame(FRAME.settings, ACK, 0);
const code = (value: number): Buffer => Buffer.from([0, 0, value >> 8, value & 0xff]);
const setting = (id: number, value: number): Buffer => {
  const payload = Buffer.alloc(6);
  payload.writeUInt16BE(id);
  payload.writeUInt32BE(value, 2);
  return frame(FRAME.settings, 0, 0, payload);
};
const times = (count: number, one: Buffer): Buffer => Buffer.concat(Array.from({ length: count }, () => one));
/** A whole head; with `end` it is the whole response. */
const head = (block: Uint8Array, end = END_STREAM): Buffer =>
  frame(FRAME.headers, END_HEADERS | end, 1, block);
const OK = head(status('200'), 0);

/** @param image a whole one */
export function malformedFrames(image: Buffer): readonly MalformedFrames[] {
  const answer = Buffer.concat([OK, frame(FRAME.data, END_STREAM, 1, image)]);
  const half = Buffer.concat([OK, frame(FRAME.data, 0, 1, image.subarray(0, 900))]);
  const headers = (...block: readonly Buffer[]): readonly Buffer[] => [SETTINGS, head(Buffer.concat(block))];
  const withLength = (length: string): Buffer =>
    Buffer.concat([
      head(Buffer.concat([status('200'), header('content-length', length)]), 0),
      frame(FRAME.data, END_STREAM, 1, image),
    ]);
  return [
    ['no frames', [Buffer.from('this is something else, and much of it')], 'stays', BAD],
    ['an HTTP/1.1 response', [Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), image], 'stays', BAD],
    ['nothing', [], 'hangs up', LOST],
    ['only settings', [SETTINGS], 'hangs up', LOST],
    ['a response before settings', [answer], 'stays', BAD],
    ['GOAWAY at once', [SETTINGS, frame(FRAME.goAway, 0, 0, Buffer.alloc(8))], 'stays', LOST],
    [
      'GOAWAY with ENHANCE_YOUR_CALM',
      [SETTINGS, frame(FRAME.goAway, 0, 0, Buffer.concat([code(0), code(11)]))],
      'stays',
      LOST,
    ],
    ['half a GOAWAY', [SETTINGS, frame(FRAME.goAway, 0, 0, Buffer.alloc(3))], 'stays', BAD],
    ['a failed stream', [SETTINGS, frame(FRAME.reset, 0, 1, code(2))], 'stays', LOST],
    ['a stream reset without error', [SETTINGS, frame(FRAME.reset, 0, 1, code(0))], 'stays', LOST],
    ['a cancelled stream', [SETTINGS, frame(FRAME.reset, 0, 1, code(8))], 'stays', LOST],
    ['a reset that requires HTTP/1.1', [SETTINGS, frame(FRAME.reset, 0, 1, code(13))], 'stays', LOST],
    ['a reset with an unknown code', [SETTINGS, frame(FRAME.reset, 0, 1, code(999))], 'stays', LOST],
    ['a reset of an unknown stream', [SETTINGS, frame(FRAME.reset, 0, 9, code(2))], 'stays', BAD],
    ['a reset within the body', [SETTINGS, half, frame(FRAME.reset, 0, 1, code(2))], 'stays', CUT],
    ['a cancelled body', [SETTINGS, half, frame(FRAME.reset, 0, 1, code(8))], 'stays', CUT],
    ['half a body', [SETTINGS, half], 'hangs up', CUT],
    ['no status', headers(header('x', 'y')), 'stays', LOST],
    ['status 0', headers(status('0')), 'stays', LOST],
    ['status 99', headers(status('99')), 'stays', LOST],
    ['status 099', headers(status('099')), 'stays', LOST],
    ['status abc', headers(status('abc')), 'stays', LOST],
    ['status 101', headers(status('101')), 'stays', LOST],
    ['status 1000', headers(status('1000')), 'stays', LOST],
    ['status 999', headers(status('999')), 'stays', /^http_status: 999$/],
    ['two statuses', headers(status('200'), status('200')), 'stays', LOST],
    ['a status after a header', headers(header('x', 'y'), status('200')), 'stays', LOST],
    ['a path in a response', headers(status('200'), header(':path', '/')), 'stays', LOST],
    ['an unknown pseudo header', headers(status('200'), header(':odd', '/')), 'stays', LOST],
    ['a header name in upper case', headers(status('200'), header('X-Odd', '/')), 'stays', LOST],
    ['a connection header', headers(status('200'), header('connection', 'close')), 'stays', LOST],
    ['line ends in a header', headers(status('200'), header('x', 'a\0b\r\n')), 'stays', /^empty$/],
    [
      '2,000 headers',
      headers(status('200'), ...Array.from({ length: 2000 }, () => header('x', 'y'))),
      'stays',
      LOST,
    ],
    ['a length that is not a number', [SETTINGS, withLength('abc')], 'stays', LOST],
    ['a length that is too long', [SETTINGS, withLength('99999')], 'stays', CUT],
    ['a length that is too short', [SETTINGS, withLength('9')], 'stays', CUT],
    ['an interim response that ends the stream', [SETTINGS, head(status('100'))], 'stays', LOST],
    ['a second head', [SETTINGS, half, head(status('200'))], 'stays', CUT],
    ['malformed HPACK', [SETTINGS, head(Buffer.alloc(6, 0xff))], 'stays', BAD],
    ['an unknown table index', [SETTINGS, head(Buffer.from([0xfe]))], 'stays', BAD],
    [
      'a malformed Huffman code',
      [SETTINGS, head(Buffer.from([0x88, 0x00, 0x81, 0xff, 0x81, 0xff]))],
      'stays',
      BAD,
    ],
    ['an immense table', [SETTINGS, head(Buffer.from([0x3f, 0xff, 0xff, 0xff, 0x07, 0x88]))], 'stays', BAD],
    [
      'endless continuations',
      [
        SETTINGS,
        frame(FRAME.headers, 0, 1, status('200')),
        times(3000, frame(FRAME.continuation, 0, 1, header('x', 'y'))),
      ],
      'stays',
      BAD,
    ],
    [
      'a head of a megabyte',
      [
        SETTINGS,
        frame(FRAME.headers, 0, 1, status('200')),
        times(60, frame(FRAME.continuation, 0, 1, header('x', 'y'.repeat(16_000)))),
      ],
      'stays',
      BAD,
    ],
    [
      'a continuation of nothing',
      [SETTINGS, frame(FRAME.continuation, END_HEADERS, 1, status('200'))],
      'stays',
      BAD,
    ],
    [
      'a body within a head',
      [SETTINGS, frame(FRAME.headers, 0, 1, status('200')), frame(FRAME.data, END_STREAM, 1, image)],
      'stays',
      BAD,
    ],
    ['a body before its head', [SETTINGS, frame(FRAME.data, END_STREAM, 1, image)], 'stays', BAD],
    ['a body on stream 0', [SETTINGS, frame(FRAME.data, END_STREAM, 0, image)], 'stays', BAD],
    ['a body on another stream', [SETTINGS, frame(FRAME.data, END_STREAM, 7, image)], 'stays', BAD],
    [
      'more padding than body',
      [SETTINGS, OK, frame(FRAME.data, 8 | END_STREAM, 1, Buffer.from([200, 1, 2]))],
      'stays',
      CUT,
    ],
    [
      'a frame above the size limit',
      [SETTINGS, OK, frame(FRAME.data, 0, 1, Buffer.alloc(20_000))],
      'stays',
      CUT,
    ],
    ['half a frame', [SETTINGS, OK, frame(FRAME.data, 0, 1, image, 50_000)], 'hangs up', CUT],
    ['20,000 empty frames', [SETTINGS, OK, times(20_000, frame(FRAME.data, 0, 1))], 'hangs up', CUT],
    ['a window update of 0', [SETTINGS, frame(FRAME.windowUpdate, 0, 1, Buffer.alloc(4))], 'stays', BAD],
    ['half a window update', [SETTINGS, frame(FRAME.windowUpdate, 0, 1, Buffer.alloc(2))], 'stays', BAD],
    [
      'a window that overflows',
      [SETTINGS, times(2, frame(FRAME.windowUpdate, 0, 0, Buffer.from([0x7f, 255, 255, 255])))],
      'stays',
      BAD,
    ],
    [
      'half a push promise',
      [SETTINGS, frame(FRAME.pushPromise, END_HEADERS, 1, Buffer.from([0, 0, 0, 3, 0x82]))],
      'stays',
      BAD,
    ],
    [
      'a response on an unknown stream',
      [SETTINGS, frame(FRAME.headers, END_HEADERS | END_STREAM, 3, status('200'))],
      'stays',
      BAD,
    ],
    [
      'a response on stream 0',
      [SETTINGS, frame(FRAME.headers, END_HEADERS | END_STREAM, 0, status('200'))],
      'stays',
      BAD,
    ],
    ['half a setting', [frame(FRAME.settings, 0, 0, Buffer.alloc(5))], 'stays', BAD],
    ['settings on a stream', [frame(FRAME.settings, 0, 1)], 'stays', BAD],
    ['settings with an acknowledgement', [frame(FRAME.settings, ACK, 0, Buffer.alloc(6))], 'stays', BAD],
    ['a window of 4 GB', [setting(4, 0xff_ff_ff_ff)], 'stays', BAD],
    ['a frame size of 1', [setting(5, 1)], 'stays', BAD],
    ['a push setting of 9', [setting(2, 9)], 'stays', BAD],
    ['20,000 settings frames', [times(20_000, SETTINGS)], 'stays', BAD],
    ['20,000 pings', [SETTINGS, times(20_000, frame(FRAME.ping, 0, 0, Buffer.alloc(8)))], 'stays', BAD],
    ['half a ping', [SETTINGS, frame(FRAME.ping, 0, 0, Buffer.alloc(3))], 'stays', BAD],
    ['a ping on a stream', [SETTINGS, frame(FRAME.ping, 0, 1, Buffer.alloc(8))], 'stays', BAD],
    ['half a priority', [SETTINGS, frame(FRAME.priority, 0, 1, Buffer.alloc(4)), answer], 'stays', BAD],
    [
      'half an ALTSVC',
      [SETTINGS, frame(FRAME.altSvc, 0, 0, Buffer.from([0, 5, 1, 2])), answer],
      'stays',
      /^bad_answer|^kept/,
    ],
    ['unknown frames', [SETTINGS, ACKNOWLEDGED, frame(0xee, 0xff, 1, 'odd'), answer], 'stays', /^kept$/],
  ];
}
