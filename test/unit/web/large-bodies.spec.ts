import type { Server } from 'node:http';
import { head, type RawClient, RawClients } from '../../support/network/raw-client.js';
import { until } from '../../support/until.js';
import { WebApp } from '../../support/web/web-app.js';

const DRIP_MS = 20;
const MAX_BODY_BYTES = 65_536;
const FORM = 'Content-Type: application/x-www-form-urlencoded';
const JSON_TYPE = 'Content-Type: application/json';

describe('a body that is too large', () => {
  let web: WebApp;
  const clients = new RawClients();
  beforeAll(async () => {
    web = await WebApp.start();
  });
  afterEach(() => clients.leave());
  afterAll(() => web.stop());

  const client = (): Promise<RawClient> => clients.connect(web.url);

  const tooMany = `${(MAX_BODY_BYTES + 1).toString(16)}\r\n${'a'.repeat(MAX_BODY_BYTES + 1)}\r\n`;

  it.each([
    ['of a known length, before any of it', head('POST /jobs', FORM, `Content-Length: ${10 ** 9}`), ''],
    ['a form in chunks', head('POST /jobs', FORM, 'Transfer-Encoding: chunked'), tooMany],
    ['JSON in chunks', head('POST /jobs', JSON_TYPE, 'Transfer-Encoding: chunked'), tooMany],
    ['of another type', head('POST /jobs', 'Transfer-Encoding: chunked'), tooMany],
    ['that nobody wants', head('POST /nowhere', 'Transfer-Encoding: chunked'), tooMany],
    ['beside a GET', head('GET /', 'Transfer-Encoding: chunked'), tooMany],
  ])('is refused while it is still arriving, and its connection closed: %s', async (_what, begun, body) => {
    const sender = (await client()).send(begun).send(body);
    await until('it is answered', () => sender.received.includes('That is too much at once'));
    expect(sender.received).toMatch(/^HTTP\/1\.1 413 [^]*\r\nConnection: close\r\n/);
    sender.drip('a', DRIP_MS);
    await sender.closed;
  });

  it('is refused with problem details if a program sent it', async () => {
    const begun = head('POST /jobs', JSON_TYPE, 'Accept: application/json', 'Transfer-Encoding: chunked');
    const sender = (await client()).send(begun).send(tooMany);
    await until('it is answered', () => sender.received.includes('request.too_large'));
    sender.send('0\r\n\r\n');
    await sender.closed;
    expect(sender.received).toContain('Content-Type: application/problem+json; charset=utf-8\r\n');
  });

  it('is cut if the client never reads the answer', async () => {
    const sender = await client();
    sender.socket.pause();
    const server: Server = web.app.getHttpServer();
    sender
      .send(head('POST /jobs', FORM, 'Transfer-Encoding: chunked'))
      .send(tooMany)
      .drip('a', DRIP_MS);
    await until('nobody is connected', () => countOf(server).then((count) => count === 0));
    expect(sender.received).toBe('');
  });

  it('is answered if all of it was sent before the answer is read', async () => {
    const body = new Uint8Array(20 * MAX_BODY_BYTES);
    const response = await web.fetch('/jobs', { method: 'POST', body });
    expect(response.status).toBe(413);
  });
});

function countOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
