import { Readable } from 'node:stream';
import { AppError } from '../../../src/jobs/app-error.js';
import { AnswerBody } from '../../../src/network/answer-body.js';
import { isUnknownFailure, networkErrorOf } from '../../../src/network/network-error.js';

const NEVER = new AbortController().signal;

function coded(code: string): Error {
  return Object.assign(new Error('x'), { code });
}

/** As undici's parser throws it. */
function parserError(): Error {
  return Object.assign(new Error('x'), { name: 'HTTPParserError', code: undefined });
}

describe('networkErrorOf', () => {
  it.each([
    [coded('ECONNRESET'), 'network.unreachable', 'ECONNRESET'],
    [coded('ENOTFOUND'), 'network.unreachable', 'ENOTFOUND'],
    [coded('UND_ERR_SOCKET'), 'network.unreachable', 'UND_ERR_SOCKET'],
    [coded('CERT_HAS_EXPIRED'), 'network.unreachable', 'CERT_HAS_EXPIRED'],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'network.unreachable', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'network.unreachable', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [coded('ERR_STREAM_PREMATURE_CLOSE'), 'network.unreachable', 'ERR_STREAM_PREMATURE_CLOSE'],
    [coded('ERR_HTTP2_STREAM_ERROR'), 'network.unreachable', 'ERR_HTTP2_STREAM_ERROR'],
    [coded('ETIMEDOUT'), 'network.timeout', 'ETIMEDOUT'],
    [coded('UND_ERR_CONNECT_TIMEOUT'), 'network.timeout', 'UND_ERR_CONNECT_TIMEOUT'],
    [parserError(), 'network.bad_answer', 'HTTPParserError'],
    [coded('HPE_INVALID_CHUNK_SIZE'), 'network.bad_answer', 'HPE_INVALID_CHUNK_SIZE'],
    [coded('ERR_HTTP2_ERROR'), 'network.bad_answer', 'ERR_HTTP2_ERROR'],
    [coded('UND_ERR_HEADERS_OVERFLOW'), 'network.bad_answer', 'UND_ERR_HEADERS_OVERFLOW'],
  ])('knows %s', (error, code, reason) => {
    const named = networkErrorOf(error);
    expect(named).toMatchObject({ code, context: { reason }, cause: error });
    expect(isUnknownFailure(named)).toBe(false);
  });

  it.each([
    [new TypeError('fetch failed'), 'TypeError'],
    [new RangeError('x'), 'RangeError'],
    [new URIError('x'), 'URIError'],
    [coded('ERR_INVALID_CHAR'), 'ERR_INVALID_CHAR'],
    [coded('ERR_ASSERTION'), 'ERR_ASSERTION'],
    [coded('UND_ERR_INVALID_ARG'), 'UND_ERR_INVALID_ARG'],
    ['a text', 'unknown'],
    [undefined, 'unknown'],
  ])('takes what nobody knows for a bad answer: %s', (error, reason) => {
    const named = networkErrorOf(error);
    expect(named).toMatchObject({ code: 'network.bad_answer', context: { reason } });
    expect(isUnknownFailure(named)).toBe(true);
  });

  it('keeps an error that is already named', () => {
    const named = new AppError('network.address_refused');
    expect(networkErrorOf(named)).toBe(named);
    expect(isUnknownFailure(named)).toBe(false);
  });
});

describe('the body of an answer', () => {
  const failing = (error: unknown): Readable =>
    Readable.from(
      (function* () {
        yield Buffer.from('well');
        throw error;
      })(),
    );

  async function read(body: AnswerBody, each: () => void = () => undefined): Promise<void> {
    for await (const chunk of body) if (chunk.length > 0) each();
  }

  it('fails with our own errors, whatever the sender does', async () => {
    const body = new AnswerBody(failing(new TypeError('theirs')), NEVER);
    await expect(read(body)).rejects.toMatchObject({
      code: 'network.bad_answer',
      context: { reason: 'TypeError' },
    });
  });

  it('leaves the errors of its readers alone, and ends', async () => {
    const stream = Readable.from([Buffer.from('well'), Buffer.from('well')]);
    const mistake = new TypeError('ours');
    const reading = read(new AnswerBody(stream, NEVER), () => {
      throw mistake;
    });
    await expect(reading).rejects.toBe(mistake);
    expect(stream.destroyed).toBe(true);
  });

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(read(new AnswerBody(failing(stop.signal.reason), stop.signal))).rejects.toThrow('enough');
  });
});
