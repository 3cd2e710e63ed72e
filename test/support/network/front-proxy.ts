import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Treatment of requests: forward them, never answer, or answer with an error page. */
export type ProxyMode = 'pass' | 'silent' | 404 | 502 | 503;

/** A reverse proxy that can lose its service, or go down itself. */
export class FrontProxy {
  private server: Server;
  private port = 0;
  private mode: ProxyMode = 'pass';
  private readonly open = new Set<ServerResponse>();

  private constructor(private readonly target: string) {
    this.server = this.newServer();
  }

  static async start(target: string): Promise<FrontProxy> {
    const proxy = new FrontProxy(target);
    await proxy.comeBack();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Changes the treatment of requests; responses in progress are broken off, or left hanging if `silent`. */
  become(mode: ProxyMode): void {
    this.mode = mode;
    for (const response of this.open) if (mode === 'silent') response.cork();
    if (mode !== 'silent') for (const response of this.open) response.destroy();
  }

  /** Refuses every connection from now on. */
  async goAway(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** Listens again on the same port. */
  async comeBack(): Promise<void> {
    this.mode = 'pass';
    this.server = this.newServer();
    await new Promise<void>((resolve) => void this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  private newServer(): Server {
    return createServer((incoming, response) => this.answer(incoming, response));
  }

  private answer(incoming: IncomingMessage, response: ServerResponse): void {
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
    if (this.mode === 'silent') return;
    if (this.mode !== 'pass')
      return void response.writeHead(this.mode, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
    const { method, headers, url = '' } = incoming;
    const outgoing = request(`${this.target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    response.once('close', () => outgoing.destroy());
    outgoing.once('error', () => response.destroy());
    incoming.pipe(outgoing);
  }
}
