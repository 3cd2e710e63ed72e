import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { head, type RawClient, RawClients } from '../../support/network/raw-client.js';
import { TestClock } from '../../support/test-clock.js';
import { until } from '../../support/until.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

/** A fortieth of the real deadlines. */
const PATIENCE = { headersMs: 250, requestMs: 500, checkEveryMs: 25 };
const DRIP_MS = 20;
const FORM = 'Content-Type: application/x-www-form-urlencoded';
const JSON_TYPE = 'Content-Type: application/json';

describe('what a client sends', () => {
  let web: WebApp;
  let jobs: WebJobs;
  const clients = new RawClients();
  beforeAll(async () => {
    web = await WebApp.start({}, new TestClock(), PATIENCE);
    jobs = new WebJobs(web);
  });
  afterEach(() => clients.leave());
  afterAll(() => web.stop());

  const client = (): Promise<RawClient> => clients.connect(web.url);

  describe('too slowly is cut:', () => {
    it.each([
      ['nothing at all', '', ''],
      ['a request line', 'GET / HT', ''],
      ['headers', 'GET / HTTP/1.1\r\nHost: x\r\n', 'X: y\r\n'],
      ['a form of a known length', head('POST /jobs', FORM, 'Content-Length: 60000'), 'a'],
      ['a form in chunks', head('POST /jobs', FORM, 'Transfer-Encoding: chunked'), '1\r\na\r\n'],
      ['JSON in chunks', head('POST /jobs', JSON_TYPE, 'Transfer-Encoding: chunked'), '1\r\n \r\n'],
      ['the size of a chunk', head('POST /jobs', FORM, 'Transfer-Encoding: chunked'), '0'],
      [
        'what waits to be asked for',
        head('POST /jobs', FORM, 'Content-Length: 9', 'Expect: 100-continue'),
        '',
      ],
      [
        'content of another type',
        head('POST /jobs', 'Content-Type: text/plain', 'Content-Length: 60000'),
        'a',
      ],
      ['compressed content', head('POST /jobs', FORM, 'Content-Encoding: gzip', 'Content-Length: 600'), 'a'],
      ['a body that nobody wants', head('POST /nowhere', 'Content-Length: 60000'), 'a'],
      ['a body beside a GET', head('GET /', 'Content-Length: 60000'), 'a'],
      ['a body beside a DELETE', head('DELETE /jobs', 'Transfer-Encoding: chunked'), '1\r\na\r\n'],
      [
        'a body from another site',
        head('POST /jobs', FORM, 'Sec-Fetch-Site: cross-site', 'Content-Length: 9'),
        '',
      ],
      ['a body beside a HEAD', head('HEAD /assets/x', 'Content-Length: 60000'), 'a'],
    ])('%s', async (_what, begun, drop) => {
      const slow = (await client()).send(begun);
      if (drop !== '') slow.drip(drop, DRIP_MS);
      await slow.closed;
      // The server's last words may be lost if the client continues to send.
      expect(slow.received).toMatch(/^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?(?:HTTP\/1\.1 408 |$)/);
    });

    it('a body beside a stream of events', async () => {
      const { id } = await jobs.running();
      const slow = await client();
      slow
        .send(head(`GET /jobs/${web.tokens.publicId(id)}/events`, 'Content-Length: 600'))
        .drip('a', DRIP_MS);
      await slow.closed;
      expect(slow.received).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    });

    it('the second request of a connection', async () => {
      const slow = (await client()).send(head('GET /')).send(head('POST /jobs', FORM, 'Content-Length: 600'));
      slow.drip('a', DRIP_MS);
      await slow.closed;
      expect(slow.received).toMatch(/^HTTP\/1\.1 200 /);
    });
  });

  describe('in time is not cut, however long it takes', () => {
    /** Takes as long as two clients, one after the other, that are cut. */
    async function longTime(): Promise<void> {
      for (let time = 0; time < 2; time += 1) {
        const slow = (await client()).send(head('POST /jobs', FORM, 'Content-Length: 60000'));
        await slow.closed;
      }
    }

    it('a download is read', async () => {
      const zip = randomBytes(20_000_000);
      const { id } = await jobs.ready(zip);
      const reader = await client();
      reader.socket.pause();
      reader.send(head(`GET /d/${web.tokens.linkToken(id)}/x.zip`, 'Connection: close'));
      await longTime();
      expect(reader.isOpen).toBe(true);
      reader.socket.resume();
      await reader.closed;
      expect(reader.received.slice(reader.received.indexOf('\r\n\r\n') + 4)).toHaveLength(zip.length);
    });

    it('a job is followed', async () => {
      const job = await jobs.running({ kept: 1 });
      const follower = await client();
      follower.send(head(`GET /jobs/${web.tokens.publicId(job.id)}/events`));
      await longTime();
      await jobs.keep(job, 2);
      await until('the change is told', () => follower.received.includes('"kept":2'));
      expect(follower.isOpen).toBe(true);
    });

    it('the next request is waited for', async () => {
      const waiting = (await client()).send(head('GET /'));
      await until('it is answered', () => waiting.received.includes('</html>'));
      await longTime();
      waiting.send(head('GET /nowhere'));
      await until('it is answered again', () => waiting.received.includes('HTTP/1.1 404 '));
      expect(waiting.isOpen).toBe(true);
    });
  });

  it('may take as long as configured', async () => {
    const usual = await WebApp.start();
    const server: Server & { connectionsCheckingInterval?: number } = usual.app.getHttpServer();
    const { headersTimeout, requestTimeout, connectionsCheckingInterval } = server;
    await usual.stop();
    expect({ headersTimeout, requestTimeout, connectionsCheckingInterval }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      connectionsCheckingInterval: 2000,
    });
  });
});
