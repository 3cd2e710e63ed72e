import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { signalOf } from '../../../src/web/http/request-signal.js';
import { until } from '../../support/until.js';

describe('the signal of a request', () => {
  let server: Server;
  const responses: ServerResponse[] = [];
  const clients: Socket[] = [];
  beforeEach(async () => {
    server = createServer((_request, response) => responses.push(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    responses.splice(0);
    for (const client of clients.splice(0)) client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  /** A client with several pipelined requests. */
  async function asking(times = 1): Promise<Socket> {
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    clients.push(client);
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));
    await until('the requests arrive', () => responses.length === times);
    return client;
  }

  const last = (): ServerResponse => responses.at(-1) ?? fail();

  function fail(): never {
    throw new Error('nobody has asked');
  }

  const gone = async (client: Socket): Promise<void> => {
    const closed = once(last().req.socket, 'close');
    client.destroy();
    await closed;
  };

  it('aborts when the client leaves before the answer is sent', async () => {
    const client = await asking();
    const signal = signalOf(last());
    last().write('begun');
    expect(signal.aborted).toBe(false);
    await gone(client);
    expect(signal.aborted).toBe(true);
  });

  it('is aborted from the start if the client has already left', async () => {
    await gone(await asking());
    expect(signalOf(last()).aborted).toBe(true);
  });

  it('aborts for an answer that waits behind another of the same connection', async () => {
    const client = await asking(2);
    const signal = signalOf(last());
    await gone(client);
    expect(signal.aborted).toBe(true);
  });

  it('does not abort once the answer was sent, and leaves nothing on the connection', async () => {
    const client = await asking(30);
    const { socket } = last().req;
    const before = socket.listenerCount('close');
    const warnings: Error[] = [];
    const hear = (warning: Error): number => warnings.push(warning);
    process.on('warning', hear);
    const signals = responses.map((response) => signalOf(response));
    for (const response of responses) response.setHeader('Connection', 'keep-alive').end();
    await until('all are answered', () => responses.every(({ writableFinished }) => writableFinished));
    expect(socket.listenerCount('close')).toBeLessThanOrEqual(before);
    client.end();
    expect(await text(client)).toMatch(/^(?:HTTP\/1\.1 200 OK[^]+?\r\n\r\n){30}$/);
    process.off('warning', hear);
    expect(signals.filter(({ aborted }) => aborted)).toEqual([]);
    expect(warnings).toEqual([]);
  });
});
