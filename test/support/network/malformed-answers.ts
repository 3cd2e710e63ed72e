import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';

/** A malformed response, and the expected end of the download. */
export type Malformed = readonly [what: string, answer: Buffer, end: RegExp];

const REFUSED = /^bad_headers: HTTPParserError$/;
const MALFORMED = /^bad_answer: HTTPParserError$/;
const OVERFLOW = /^bad_answer: UND_ERR_HEADERS_OVERFLOW$/;
const REFUSED_OVERFLOW = /^bad_headers: UND_ERR_HEADERS_OVERFLOW$/;
const LENGTHS = /^bad_headers: UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/;
const PART = /^broken_image: a part only$/;
const CUT = /^broken_image: ended early$/;
const CODING = /^broken_image: content coding$/;

/** @param parts strings are encoded as latin1 */
function bytes(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

function headed(headers: string, body: Buffer): Buffer {
  return bytes(`HTTP/1.1 200 OK\r\n${headers}\r\n`, body);
}

function chunk(body: Buffer): Buffer {
  return bytes(`${body.length.toString(16)}\r\n`, body, '\r\n');
}

/** Malformed or forbidden heads. @param image a whole one */
export function malformedHeads(image: Buffer): readonly Malformed[] {
  const status = (line: string): Buffer => bytes(`${line}\r\nContent-Length: ${image.length}\r\n\r\n`, image);
  const header = (line: string): Buffer => headed(`${line}\r\nContent-Length: ${image.length}\r\n`, image);
  const length = (value: string): Buffer => headed(`Content-Length: ${value}\r\n`, image);
  const part = (first: number, last: number, size: number | string): string =>
    `HTTP/1.1 206 Partial Content\r\nContent-Range: bytes ${first}-${last}/${size}`;
  const many = Array.from({ length: 10_000 }, (_, index) => `X-${index}: y`).join('\r\n');
  return [
    ['nothing', bytes(''), /^unreachable: UND_ERR_SOCKET$/],
    ['no status line', bytes('well\r\n\r\n', image), REFUSED],
    ['zeros', Buffer.alloc(1000), REFUSED],
    ['an image without a head (HTTP/0.9)', image, REFUSED],
    ['half a head', bytes('HTTP/1.1 200 OK\r\nContent-Le'), /^unreachable: UND_ERR_SOCKET$/],
    ['HTTP/3.0', status('HTTP/3.0 200 OK'), REFUSED],
    ['another protocol', status('ICY 200 OK'), REFUSED],
    ['a protocol in lower case', status('http/1.1 200 OK'), REFUSED],
    ['no status', status('HTTP/1.1'), REFUSED],
    ['status 0', status('HTTP/1.1 0 OK'), REFUSED],
    ['status 000', status('HTTP/1.1 000 OK'), /^bad_answer: ERR_ASSERTION$/],
    ['status 099', status('HTTP/1.1 099 OK'), /^bad_answer: ERR_ASSERTION$/],
    ['status 99', status('HTTP/1.1 99 OK'), REFUSED],
    ['status 600', status('HTTP/1.1 600 Odd'), /^http_status: 600$/],
    ['status 999', status('HTTP/1.1 999 Odd'), /^http_status: 999$/],
    ['status 1000', status('HTTP/1.1 1000 OK'), REFUSED],
    ['status abc', status('HTTP/1.1 abc OK'), REFUSED],
    ['a negative status', status('HTTP/1.1 -200 OK'), REFUSED],
    ['a null byte in a header', header('X: a\0b'), REFUSED],
    ['a control character in a header', header('X: a\u007fb'), REFUSED],
    ['bare carriage returns', bytes(`HTTP/1.1 200 OK\rContent-Length: ${image.length}\r\r`, image), REFUSED],
    ['a header of 70 kB', header(`X: ${'y'.repeat(70_000)}`), REFUSED_OVERFLOW],
    ['10,000 headers', header(many), REFUSED_OVERFLOW],
    ['two lengths', header('Content-Length: 5'), LENGTHS],
    ['a list of two lengths', length(`${image.length}, 5`), LENGTHS],
    ['a length twice, and another', header(`Content-Length: ${image.length}\r\nContent-Length: 5`), LENGTHS],
    ['a negative length', length('-5'), REFUSED],
    ['a length that is not a number', length('abc'), REFUSED],
    ['a length in hexadecimal', length('0x20'), REFUSED],
    ['a length with a sign', length(`+${image.length}`), REFUSED],
    ['a length with a fraction', length(`${image.length}.5`), LENGTHS],
    ['an empty length', length(''), REFUSED],
    ['an immense length', length('9'.repeat(23)), LENGTHS],
    ['a length that is too long', length(String(image.length + 5)), CUT],
    ['2,000 interim responses', bytes('HTTP/1.1 100 Continue\r\n\r\n'.repeat(2000)), /^unreachable: /],
    ['an interim response with a body', bytes('HTTP/1.1 102 P\r\nContent-Length: 5\r\n\r\nabcde'), REFUSED],
    [
      'a switch to another protocol',
      status('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade'),
      /^unreachable: /,
    ],
    ['a switch to an unnamed protocol', status('HTTP/1.1 101 Switching'), /^bad_answer: /],
    ['"204 No Content" with a body', status('HTTP/1.1 204 No Content'), /^http_status: 204$/],
    ['"304 Not Modified" with a body', status('HTTP/1.1 304 Not Modified'), /^http_status: 304$/],
    ['a part that was not requested', status('HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-3/99'), PART],
    ['the end of a file', status(part(5, image.length + 4, image.length + 5)), PART],
    ['a part of unknown total size', status(part(0, image.length - 1, '*')), PART],
    ['a part without a range', status('HTTP/1.1 206 Partial'), PART],
    ['a whole file that is longer than the body', status(part(0, image.length, image.length + 1)), PART],
    [
      'an endless wait',
      status(`HTTP/1.1 503 Busy\r\nRetry-After: ${'9'.repeat(400)}`),
      /^rate_limited: 503$/,
    ],
    [
      'a wait until an invalid date',
      status('HTTP/1.1 429 Busy\r\nRetry-After: soon, maybe'),
      /^rate_limited: 429$/,
    ],
  ];
}

/** Redirects that lead nowhere. */
export function malformedRedirects(): readonly Malformed[] {
  const to = (location: string): Buffer =>
    bytes(`HTTP/1.1 302 Found\r\nContent-Length: 0\r\n${location}\r\n`);
  return [
    ['without an address', to(''), /^http_status: 302$/],
    ['to an empty address', to('Location: \r\n'), /^too_many_redirects$/],
    ['to itself', to('Location: ?\r\n'), /^too_many_redirects$/],
    ['to bytes', to('Location: /\xff\xfe\x80\r\n'), /^too_many_redirects$/],
    ['to half an address', to('Location: http://[::\r\n'), /^address_refused: not_a_url$/],
    ['to no host', to('Location: http://\r\n'), /^address_refused: not_a_url$/],
    ['to a host with a space', to('Location: http://a b/\r\n'), /^address_refused: not_a_url$/],
    ['to no port', to('Location: http://127.0.0.1:99999/\r\n'), /^address_refused: not_a_url$/],
    ['to another service', to('Location: http://example.com:25/\r\n'), /^address_refused: port$/],
    ['to a script', to('Location: javascript:alert(1)\r\n'), /^address_refused: scheme$/],
    ['to a file', to('Location: file:///etc/passwd\r\n'), /^address_refused: scheme$/],
    ['to data', to('Location: data:image/png;base64,AAAA\r\n'), /^address_refused: scheme$/],
    ['to a private address', to('Location: http://10.0.0.1/\r\n'), /^address_refused: private_address$/],
    [
      'with a name and a password',
      to('Location: http://a:b@127.0.0.1/\r\n'),
      /^address_refused: credentials$/,
    ],
    [
      'with malformed cookies',
      to(
        'Location: ?\r\nSet-Cookie: \r\nSet-Cookie: =;=\r\nSet-Cookie: a=\xa0\xff; Max-Age=x; Domain=..\r\n',
      ),
      /^too_many_redirects$/,
    ],
  ];
}

/** Malformed chunked bodies. */
export function malformedChunks(image: Buffer): readonly Malformed[] {
  const chunked = (...parts: readonly (string | Buffer)[]): Buffer =>
    headed('Transfer-Encoding: chunked\r\n', bytes(...parts));
  const size = image.length.toString(16);
  const end = '0\r\n\r\n';
  return [
    ['spaces after the size', chunked(`${size}  \r\n`, image, '\r\n', end), MALFORMED],
    ['a size that is not a number', chunked('zz\r\n', image, '\r\n', end), MALFORMED],
    ['a negative size', chunked('-5\r\n', image, '\r\n', end), MALFORMED],
    ['a size with a sign', chunked(`+${size}\r\n`, image, '\r\n', end), MALFORMED],
    ['a size with a hexadecimal prefix', chunked(`0x${size}\r\n`, image, '\r\n', end), MALFORMED],
    ['no size', chunked('\r\n', image, '\r\n', end), MALFORMED],
    ['a size over 2 ** 64', chunked('10000000000000000\r\n', image), MALFORMED],
    ['a size below 2 ** 64', chunked('ffffffffffffffff\r\n', image), CUT],
    ['no line end after a chunk', chunked(`${size}\r\n`, image, 'XX', end), MALFORMED],
    ['bare line feeds', chunked(`${size}\n`, image, '\n0\n\n'), MALFORMED],
    [
      'a malformed size of a later chunk',
      chunked(chunk(image.subarray(0, 500)), 'zz\r\n', image.subarray(500)),
      MALFORMED,
    ],
    ['a malformed trailer', chunked(chunk(image), '0\r\ngarb age\r\n\r\n'), MALFORMED],
    ['a trailer of 100 kB', chunked(chunk(image), `0\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`), OVERFLOW],
    ['a connection that ends within a chunk', chunked(`${size}\r\n`, image.subarray(0, 900)), CUT],
    ['a connection that ends between chunks', chunked(chunk(image)), CUT],
    ['a connection that ends within the trailer', chunked(chunk(image), '0\r\nX: y\r\n'), CUT],
  ];
}

/** Bodies whose content coding is wrong. */
export function malformedCodings(image: Buffer): readonly Malformed[] {
  const coded = (coding: string, body: Buffer): Buffer =>
    headed(`Content-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n`, body);
  const garbage = Buffer.alloc(3000, 'garbage ');
  const damaged = (body: Buffer): Buffer => Buffer.from(body).fill(0xff, body.length / 2);
  const bomb = gzipSync(Buffer.concat([image, Buffer.alloc(60_000_000)]));
  return [
    ['malformed gzip', coded('gzip', garbage), CODING],
    ['malformed x-gzip', coded('x-gzip', garbage), CODING],
    ['malformed deflate', coded('deflate', garbage), CODING],
    ['malformed brotli', coded('br', Buffer.alloc(3000, 0xff)), CODING],
    ['malformed zstd', coded('zstd', garbage), CODING],
    ['half of gzip', coded('gzip', gzipSync(image).subarray(0, 900)), CODING],
    ['half of deflate', coded('deflate', deflateSync(image).subarray(0, 900)), CODING],
    ['half of brotli', coded('br', brotliCompressSync(image).subarray(0, 900)), CODING],
    ['half of zstd', coded('zstd', zstdCompressSync(image).subarray(0, 900)), /^broken_image|^empty/],
    ['damaged gzip', coded('gzip', damaged(gzipSync(image))), CODING],
    ['gzip of nothing', coded('gzip', gzipSync(Buffer.alloc(0))), /^empty$/],
    ['truncated gzip in gzip', coded('gzip, gzip', gzipSync(gzipSync(image)).subarray(0, 900)), CODING],
    ['malformed gzip in gzip', coded('gzip, gzip', gzipSync(garbage)), CODING],
    ['four codings', coded('gzip, br, deflate, zstd', image), /^unsupported_format: content coding$/],
    ['a bomb', coded('gzip', bomb), /^too_large$/],
    ['a bomb in a bomb', coded('gzip, gzip', gzipSync(bomb)), /^too_large$/],
  ];
}

/** Unusual responses that still deliver the whole image. */
export function oddAnswers(image: Buffer): readonly (readonly [what: string, answer: Buffer])[] {
  const chunked = (headers: string, ...parts: readonly (string | Buffer)[]): Buffer =>
    headed(`Transfer-Encoding: ${headers}\r\n`, bytes(...parts));
  const end = '0\r\n\r\n';
  return [
    ['no length', headed('', image)],
    ['a reason phrase of control characters', bytes('HTTP/1.1 200 a\x01\x7f\r\n\r\n', image)],
    ['early hints', bytes('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n', headed('', image))],
    ['an unknown transfer coding', headed('Transfer-Encoding: odd\r\n', image)],
    ['chunks twice', chunked('chunked, chunked', chunk(image), end)],
    [
      'an extension of 1 MB',
      chunked('chunked', `${image.length.toString(16)};${'e'.repeat(1_000_000)}\r\n`, image, '\r\n', end),
    ],
    ['a trailer', chunked('chunked', chunk(image), '0\r\nX: y\r\n\r\n')],
    ['garbage after the end', chunked('chunked', chunk(image), end, 'garbage')],
    ['unknown codings', headed('Content-Encoding: a,b,c,d\r\n', image)],
    [
      'headers named as members of objects',
      headed('__proto__: x\r\nconstructor: y\r\nhasOwnProperty: z\r\n', image),
    ],
    ['an offer to upgrade the protocol', headed('Upgrade: h2c\r\nConnection: Upgrade\r\n', image)],
    ['a type that is not ASCII', headed('Content-Type: \xff; charset=\xff\r\n', image)],
  ];
}

/** Invalid but unambiguous responses, which still deliver the whole image. */
export function mendableAnswers(image: Buffer): readonly (readonly [what: string, answer: Buffer])[] {
  const length = `Content-Length: ${image.length}`;
  const part = `HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-${image.length - 1}/${image.length}`;
  return [
    ['the same length twice', headed(`${length}\r\n${length.toLowerCase()}\r\n`, image)],
    ['a list of equal lengths', headed(`${length}, ${image.length},${image.length}\r\n`, image)],
    ['bare line feeds', bytes(`HTTP/1.1 200 OK\n${length}\n\n`, image)],
    ['some bare line feeds', headed(`X: y\n${length}\r\n`, image)],
    ['a space before a colon', headed(`X : y\r\n${length.replace(':', ' :')}\r\n`, image)],
    ['a folded header', headed(`X: a\r\n b\r\n\t c\r\n${length}\r\n`, image)],
    ['lines that are not headers', headed(`Nothing\r\n: y\r\nX Y: z\r\n\xdcber: x\r\n${length}\r\n`, image)],
    [
      'a length beside chunks',
      headed('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', bytes(chunk(image), '0\r\n\r\n')),
    ],
    ['an identity transfer coding', headed(`Transfer-Encoding: identity\r\n${length}\r\n`, image)],
    ['an unrequested "100 Continue"', bytes('HTTP/1.1 100 Continue\r\n\r\n'.repeat(3), headed('', image))],
    [
      'a "100 Continue" and a malformed head',
      bytes('HTTP/1.1 100 Continue\n\n', `HTTP/1.1 200 OK\n${length}\n${length}\n\n`, image),
    ],
    ['a part that is the whole file', bytes(`${part}\r\n${length}\r\n\r\n`, image)],
    ['a part that is the whole file, without a length', bytes(`${part}\r\n\r\n`, image)],
  ];
}
