import { gzipSync } from 'node:zlib';
import { WebApp } from '../../support/web/web-app.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const REQUEST = JSON.stringify({ query: 'Möwe', count: 3 });

describe('the body of a request', () => {
  let web: WebApp;
  beforeAll(async () => {
    web = await WebApp.start();
  });
  afterAll(() => web.stop());

  const post = (type: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    web.fetch('/jobs', {
      method: 'POST',
      headers: { 'Content-Type': type, Accept: JSON_TYPE, ...headers },
      body,
    });

  it.each([
    ['JSON', JSON_TYPE, REQUEST],
    ['JSON of a named kind', 'application/vnd.images+json', REQUEST],
    ['JSON that names its encoding', `${JSON_TYPE}; charset=utf-8`, REQUEST],
    ['JSON that quotes its encoding', `${JSON_TYPE}; charset="UTF-8"`, REQUEST],
    ['JSON with a byte order mark', JSON_TYPE, `\uFEFF${REQUEST}`],
    ['JSON with space around', JSON_TYPE, `\n ${REQUEST} \n`],
    ['a form', FORM, 'query=M%C3%B6we&count=3&email=a@example.org'],
    [
      'a form that names its encoding',
      `${FORM};charset=utf8`,
      'query=M%C3%B6we&count=3&email=a%40example.org',
    ],
    ['a form with bare letters', FORM, 'query=Möwe&count=3&email=a@example.org'],
  ])('is read: %s', async (_what, type, body) => {
    const response = await post(type, body);
    expect(response.status).toBe(201);
    expect(await web.jobIn(response)).toMatchObject({ query: 'Möwe', count: 3 });
  });

  it.each([
    ['no JSON', JSON_TYPE, '{"query": ', 400],
    ['JSON of a text', JSON_TYPE, '"panda"', 400],
    ['JSON of nothing', JSON_TYPE, 'null', 400],
    ['JSON in Latin-1', `${JSON_TYPE}; charset=iso-8859-1`, REQUEST, 415],
    ['a form in UTF-16', `${FORM}; charset=utf-16`, 'query=x', 415],
    ['another type', 'text/plain', REQUEST, 415],
    ['no type that is one', 'x', REQUEST, 415],
    ['empty JSON', JSON_TYPE, '', 422],
    ['an empty form', FORM, '', 422],
    ['a form with escapes that are none', FORM, 'query=%zz%C3&count=x', 422],
    ['a form with a hundred fields', FORM, 'x=1&'.repeat(99), 422],
    ['a form with more', FORM, 'x=1&'.repeat(100), 413],
  ])('is refused: %s', async (_what, type, body, status) => {
    expect((await post(type, body)).status).toBe(status);
  });

  it.each([JSON_TYPE, FORM])('is not decompressed: %s', async (type) => {
    const packed = gzipSync(' '.repeat(10_000_000));
    expect((await post(type, new Uint8Array(packed), { 'Content-Encoding': 'gzip' })).status).toBe(415);
  });

  it('may contain fields that every object has', async () => {
    const response = await post(FORM, '__proto__=x&constructor=y&query=x&count=3&email=a%40example.org');
    expect(response.status).toBe(201);
  });
});
