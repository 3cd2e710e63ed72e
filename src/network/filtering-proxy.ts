import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { AppError, isAppError } from '../jobs/app-error.js';
import { type AddressGuard, portOf } from './address-guard.js';
import { hostOf } from './canonical-host.js';
import { guardedLookup } from './guarded-connector.js';
import type { NameResolver } from './name-resolver.port.js';

const LOOPBACK = '127.0.0.1';
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * Headers of one connection, not of the message. @see https://www.rfc-editor.org/rfc/rfc9110#field.connection
 */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The destination of a connection. */
interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * An HTTP proxy on loopback for the browser, which would otherwise connect to any address a page names. It
 * asks the guard before every connection, resolves names itself and connects to an address that was checked.
 * It answers refused requests with 403; an unreachable host looks the same as without a proxy.
 * @see https://www.rfc-editor.org/rfc/rfc9110#CONNECT
 */
export class FilteringProxy implements OnApplicationShutdown {
  private readonly logger = new Logger(FilteringProxy.name);
  private readonly agent = new Agent({ keepAlive: true });
  private readonly tunnels = new Set<Duplex>();
  private listening: Promise<Server> | null = null;

  constructor(
    private readonly guard: AddressGuard,
    private readonly resolver: NameResolver,
  ) {}

  /** Its address, `127.0.0.1:<port>`; the first call starts it. @throws the system's error */
  async address(): Promise<string> {
    this.listening ??= this.listen();
    const address = (await this.listening).address();
    if (address === null || typeof address === 'string') throw new AppError('network.unreachable');
    return `${LOOPBACK}:${address.port}`;
  }

  /** Ends every connection. */
  async onApplicationShutdown(): Promise<void> {
    const server = await this.listening;
    for (const tunnel of this.tunnels) tunnel.destroy();
    this.agent.destroy();
    server?.close();
    server?.closeAllConnections();
  }

  private async listen(): Promise<Server> {
    const server = createServer((asked, answer) => this.forward(asked, answer));
    server.on('connect', (asked, client, head) => this.tunnel(asked.url ?? '', client, head));
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    return server.unref();
  }

  /** Plain http: forwards the request to its absolute address. */
  private forward(asked: IncomingMessage, answer: ServerResponse): void {
    const url = this.orNull(() => this.guard.checkUrl(asked.url ?? ''));
    if (url === null) return void answer.writeHead(403).end();
    const onward = request({
      ...this.way({ host: hostOf(url) ?? '', port: portOf(url) }),
      path: url.pathname + url.search,
      method: asked.method,
      headers: onwardHeaders(asked, url),
      agent: this.agent,
    });
    onward.once('response', (from) => this.passOn(from, answer));
    onward.on('error', (error) => {
      // The body reports errors after the head; later errors do not matter.
      if (answer.headersSent) return;
      if (this.noteRefusal(error)) answer.writeHead(403).end();
      else answer.destroy();
    });
    // An answer that switches protocols is no answer: close the connection without a word.
    onward.once('close', () => {
      if (!answer.headersSent) answer.destroy();
    });
    answer.once('close', () => onward.destroy());
    pipeline(asked, onward, ignore);
  }

  /**
   * Node reads some heads that it cannot write; the browser then gets as little as from a host that is gone.
   */
  private passOn(from: IncomingMessage, answer: ServerResponse): void {
    try {
      answer.writeHead(from.statusCode ?? 502, backwardHeaders(from));
    } catch (error) {
      this.logger.debug({ err: error }, 'an answer could not be passed on to the browser');
      from.destroy();
      answer.destroy();
      return;
    }
    pipeline(from, answer, ignore);
  }

  /** Everything else, mostly https: passes bytes on without looking at them. */
  private tunnel(authority: string, client: Duplex, head: Buffer): void {
    client.on('error', ignore);
    const target = this.orNull(() => this.targetOf(authority));
    if (target === null) return void client.end(answerLine(403));
    const server = connect({ ...this.way(target), timeout: CONNECT_TIMEOUT_MS });
    const refuse = (error: Error): void => void client.end(answerLine(this.noteRefusal(error) ? 403 : 502));
    server.once('error', refuse);
    client.once('close', () => server.destroy());
    server.once('timeout', () => server.destroy(new AppError('network.timeout')));
    this.keep(client, server);
    server.once('connect', () => {
      server.off('error', refuse).setTimeout(0);
      client.write(answerLine(200));
      server.write(head);
      pipeline(client, server, client, ignore);
    });
  }

  private targetOf(authority: string): Target {
    const match = /^(.+):(\d{1,5})$/.exec(authority);
    const target = { host: match?.[1]?.replace(/^\[(.*)\]$/, '$1') ?? '', port: Number(match?.[2] ?? 0) };
    this.guard.checkHost(target.host, target.port);
    return target;
  }

  private way({ host, port }: Target) {
    return { host, port, lookup: guardedLookup(this.guard, this.resolver, port), autoSelectFamily: true };
  }

  private keep(...ends: readonly Duplex[]): void {
    for (const end of ends) {
      this.tunnels.add(end);
      end.once('close', () => this.tunnels.delete(end));
    }
  }

  private orNull<T>(check: () => T): T | null {
    try {
      return check();
    } catch (error) {
      if (this.noteRefusal(error)) return null;
      throw error;
    }
  }

  /** Logs a refused address. @returns whether the error is one */
  private noteRefusal(error: unknown): boolean {
    if (!isAppError(error, 'network.address_refused')) return false;
    this.logger.warn({ ...error.context }, 'a page asked the browser for an address that is refused');
    return true;
  }
}

/** The host is the checked one, whatever Host header the browser sent. */
function onwardHeaders({ headers }: IncomingMessage, { host }: URL): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
  return { ...Object.fromEntries(kept), host };
}

/** Headers as they came, in their order and with repetitions. */
function backwardHeaders({ rawHeaders }: IncomingMessage): string[] {
  const isKept = (index: number): boolean =>
    !HOP_BY_HOP.has(rawHeaders[index - (index % 2)]?.toLowerCase() ?? '');
  return rawHeaders.filter((_text, index) => isKept(index));
}

function answerLine(status: 200 | 403 | 502): string {
  const phrase = { 200: 'Connection Established', 403: 'Forbidden', 502: 'Bad Gateway' }[status];
  return `HTTP/1.1 ${status} ${phrase}\r\n\r\n`;
}

/** When one side leaves, the other one is closed too; nobody is left to be told. */
function ignore(): void {}
