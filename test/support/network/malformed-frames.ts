import { ACK, END_HEADERS, END_STREAM, FRAME, frame, header, status } from './http2-frames.js';

/** Frames that a server of HTTP/2 must not send, whether it then hangs up, and how the download ends. */
export type MalformedFrames = readonly [
  what: string,
  frames: readonly Buffer[],
  then: 'stays' | 'hangs up',
  end: RegExp,
];

const LOST = /^unreachable: /;
const BAD = /^bad_answer: ERR_HTTP2_/;
/** A stream that fails is asked for again, which may end in another way. */
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
/** A whole head, with `end` also the whole answer. */
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
    ['an answer of HTTP/1.1', [Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), image], 'stays', BAD],
    ['nothing', [], 'hangs up', LOST],
    ['nothing but settings', [SETTINGS], 'hangs up', LOST],
    ['no settings first', [answer], 'stays', BAD],
    ['that it goes away at once', [SETTINGS, frame(FRAME.goAway, 0, 0, Buffer.alloc(8))], 'stays', LOST],
    [
      'that it is overworked',
      [SETTINGS, frame(FRAME.goAway, 0, 0, Buffer.concat([code(0), code(11)]))],
      'stays',
      LOST,
    ],
    ['half a farewell', [SETTINGS, frame(FRAME.goAway, 0, 0, Buffer.alloc(3))], 'stays', BAD],
    ['that the stream failed', [SETTINGS, frame(FRAME.reset, 0, 1, code(2))], 'stays', LOST],
    ['that the stream ended well', [SETTINGS, frame(FRAME.reset, 0, 1, code(0))], 'stays', LOST],
    ['that the stream was cancelled', [SETTINGS, frame(FRAME.reset, 0, 1, code(8))], 'stays', LOST],
    ['that it wants HTTP/1.1', [SETTINGS, frame(FRAME.reset, 0, 1, code(13))], 'stays', LOST],
    ['a failure nobody knows', [SETTINGS, frame(FRAME.reset, 0, 1, code(999))], 'stays', LOST],
    ['a failure of a stream there is not', [SETTINGS, frame(FRAME.reset, 0, 9, code(2))], 'stays', BAD],
    ['a failure amid the body', [SETTINGS, half, frame(FRAME.reset, 0, 1, code(2))], 'stays', CUT],
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
    ['a path in an answer', headers(status('200'), header(':path', '/')), 'stays', LOST],
    ['an unknown pseudo header', headers(status('200'), header(':odd', '/')), 'stays', LOST],
    ['a name in capitals', headers(status('200'), header('X-Odd', '/')), 'stays', LOST],
    ['a header of connections', headers(status('200'), header('connection', 'close')), 'stays', LOST],
    ['line ends in a header', headers(status('200'), header('x', 'a\0b\r\n')), 'stays', /^empty$/],
    [
      '2,000 headers',
      headers(status('200'), ...Array.from({ length: 2000 }, () => header('x', 'y'))),
      'stays',
      LOST,
    ],
    ['a length that is no number', [SETTINGS, withLength('abc')], 'stays', LOST],
    ['a length that is too long', [SETTINGS, withLength('99999')], 'stays', CUT],
    ['a length that is too short', [SETTINGS, withLength('9')], 'stays', CUT],
    ['the end where it goes on', [SETTINGS, head(status('100'))], 'stays', LOST],
    ['a second head', [SETTINGS, half, head(status('200'))], 'stays', CUT],
    ['no HPACK', [SETTINGS, head(Buffer.alloc(6, 0xff))], 'stays', BAD],
    ['an index there is not', [SETTINGS, head(Buffer.from([0xfe]))], 'stays', BAD],
    ['no Huffman code', [SETTINGS, head(Buffer.from([0x88, 0x00, 0x81, 0xff, 0x81, 0xff]))], 'stays', BAD],
    ['an immense table', [SETTINGS, head(Buffer.from([0x3f, 0xff, 0xff, 0xff, 0x07, 0x88]))], 'stays', BAD],
    [
      'continuations without end',
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
    ['a body of no stream', [SETTINGS, frame(FRAME.data, END_STREAM, 0, image)], 'stays', BAD],
    ['a body of another stream', [SETTINGS, frame(FRAME.data, END_STREAM, 7, image)], 'stays', BAD],
    [
      'more padding than body',
      [SETTINGS, OK, frame(FRAME.data, 8 | END_STREAM, 1, Buffer.from([200, 1, 2]))],
      'stays',
      CUT,
    ],
    ['a frame over the limit', [SETTINGS, OK, frame(FRAME.data, 0, 1, Buffer.alloc(20_000))], 'stays', CUT],
    ['half a frame', [SETTINGS, OK, frame(FRAME.data, 0, 1, image, 50_000)], 'hangs up', CUT],
    ['nothing, 20,000 times', [SETTINGS, OK, times(20_000, frame(FRAME.data, 0, 1))], 'hangs up', CUT],
    ['an empty window', [SETTINGS, frame(FRAME.windowUpdate, 0, 1, Buffer.alloc(4))], 'stays', BAD],
    ['half a window', [SETTINGS, frame(FRAME.windowUpdate, 0, 1, Buffer.alloc(2))], 'stays', BAD],
    [
      'a window too wide',
      [SETTINGS, times(2, frame(FRAME.windowUpdate, 0, 0, Buffer.from([0x7f, 255, 255, 255])))],
      'stays',
      BAD,
    ],
    [
      'half a promise',
      [SETTINGS, frame(FRAME.pushPromise, END_HEADERS, 1, Buffer.from([0, 0, 0, 3, 0x82]))],
      'stays',
      BAD,
    ],
    [
      'an answer to what was not asked',
      [SETTINGS, frame(FRAME.headers, END_HEADERS | END_STREAM, 3, status('200'))],
      'stays',
      BAD,
    ],
    [
      'an answer to nobody',
      [SETTINGS, frame(FRAME.headers, END_HEADERS | END_STREAM, 0, status('200'))],
      'stays',
      BAD,
    ],
    ['half a setting', [frame(FRAME.settings, 0, 0, Buffer.alloc(5))], 'stays', BAD],
    ['settings of a stream', [frame(FRAME.settings, 0, 1)], 'stays', BAD],
    ['settings with an acknowledgement', [frame(FRAME.settings, ACK, 0, Buffer.alloc(6))], 'stays', BAD],
    ['a window of 4 GB', [setting(4, 0xff_ff_ff_ff)], 'stays', BAD],
    ['frames of a byte', [setting(5, 1)], 'stays', BAD],
    ['pushes switched to 9', [setting(2, 9)], 'stays', BAD],
    ['20,000 settings', [times(20_000, SETTINGS)], 'stays', BAD],
    ['20,000 pings', [SETTINGS, times(20_000, frame(FRAME.ping, 0, 0, Buffer.alloc(8)))], 'stays', BAD],
    ['half a ping', [SETTINGS, frame(FRAME.ping, 0, 0, Buffer.alloc(3))], 'stays', BAD],
    ['a ping of a stream', [SETTINGS, frame(FRAME.ping, 0, 1, Buffer.alloc(8))], 'stays', BAD],
    ['half a priority', [SETTINGS, frame(FRAME.priority, 0, 1, Buffer.alloc(4)), answer], 'stays', BAD],
    [
      'half an alternative',
      [SETTINGS, frame(FRAME.altSvc, 0, 0, Buffer.from([0, 5, 1, 2])), answer],
      'stays',
      /^bad_answer|^kept/,
    ],
    ['frames nobody knows', [SETTINGS, ACKNOWLEDGED, frame(0xee, 0xff, 1, 'odd'), answer], 'stays', /^kept$/],
  ];
}
