import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import { AppError } from '../jobs/app-error.js';
import type { AddressGuard } from './address-guard.js';
import { AnswerBody } from './answer-body.js';
import { withOneValueEach } from './answer-headers.js';
import type { NameResolver } from './name-resolver.port.js';
import { networkErrorOf } from './network-error.js';
import { RedirectCookies } from './redirect-cookies.js';
import { untilAborted } from '../jobs/timing/until-aborted.js';
import type { WebConnections } from './web-connections.js';

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Bytes of a redirect's own page read to keep its connection; a longer page costs the connection. */
const REDIRECT_PAGE_BYTES = 16_384;
const REDIRECT_PAGE_MS = 500;

/** Options of one GET. */
export interface GetOptions {
  /** Stops the request, and the body while it is read. */
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** For names, connections, redirects and the final answer's head together. */
  readonly answerDeadlineMs: number;
}

/** An answer whose body still has to be read or destroyed. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AnswerBody;
  /** The address after all redirects. */
  readonly finalUrl: URL;
}

/** The only HTTP client for addresses that come from outside: asks the guard before every connection and hop. */
@Injectable()
export class GuardedHttp implements OnApplicationShutdown {
  private connections: Promise<WebConnections> | null = null;
  private isClosed = false;

  constructor(
    private readonly guard: AddressGuard,
    private readonly resolver: NameResolver,
    private readonly userAgent: string,
  ) {}

  /**
   * Requests a URL and follows up to five redirects, each checked like the first; cookies last for that one
   * request.
   * @throws AppError `network.address_refused`, `network.unreachable`, `network.timeout`,
   *   `network.bad_answer`, `network.too_many_redirects`; the signal's reason when it aborts
   */
  async get(url: string | URL, options: GetOptions): Promise<HttpAnswer> {
    const stop = new AbortController();
    const passOn = (): void => stop.abort(options.signal.reason);
    const timer = setTimeout(() => stop.abort(new AppError('network.timeout')), options.answerDeadlineMs);
    options.signal.addEventListener('abort', passOn, { once: true });
    const letGo = (): void => options.signal.removeEventListener('abort', passOn);
    try {
      options.signal.throwIfAborted();
      const { stream, ...head } = await this.follow(
        this.guard.checkUrl(url),
        options.headers ?? {},
        stop.signal,
      );
      stream.once('close', letGo);
      // A caller may drop a body unread; without a listener its error would end the process.
      stream.on('error', () => undefined);
      return { ...head, body: new AnswerBody(stream, stop.signal) };
    } catch (error) {
      letGo();
      throw options.signal.aborted ? options.signal.reason : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Drops every connection. */
  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    const connections = await this.connections;
    await connections?.drop();
  }

  private async follow(
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    redirects = 0,
    cookies = new RedirectCookies(),
  ): Promise<Omit<HttpAnswer, 'body'> & { readonly stream: Readable }> {
    const cookie = cookies.headerFor(url);
    const asked = cookie === null ? headers : { ...headers, cookie };
    const { statusCode: status, headers: raw, body } = await this.ask(url, asked, signal);
    const answered = withOneValueEach(raw);
    const location = REDIRECTS.has(status) ? escaped(answered.location) : undefined;
    if (location === undefined) return { status, headers: answered, stream: body, finalUrl: url };
    await leave(body, signal);
    if (redirects === MAX_REDIRECTS)
      throw new AppError('network.too_many_redirects', { maxRedirects: MAX_REDIRECTS });
    cookies.store(url, answered['set-cookie']);
    return this.follow(this.guard.checkUrl(location, url), headers, signal, redirects + 1, cookies);
  }

  /** The only way to a host: every failure from here to the answer's head is the host's. */
  private async ask(
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    if (this.isClosed) throw new AppError('network.unreachable', { reason: 'CLOSED' });
    this.connections ??= this.connect();
    const connections = await this.connections;
    try {
      const answering = connections.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers: { ...headers, 'user-agent': this.userAgent },
        signal,
      });
      // A request queued on a connection, perhaps for ever, does not listen to its signal.
      return await untilAborted(answering, signal);
    } catch (error) {
      throw networkErrorOf(error);
    }
  }

  /** Loads the client with the first request: an idle service does not need it. */
  private async connect(): Promise<WebConnections> {
    const { WebConnections } = await import('./web-connections.js');
    return new WebConnections(this.guard, this.resolver);
  }
}

/**
 * An address as browsers read it: a non-ASCII letter is escaped as its original bytes, mostly UTF-8.
 * @param address latin1, one letter per byte
 */
function escaped(address: string | undefined): string | undefined {
  return address?.replace(
    /[\u0080-\u00FF]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Reads the page that comes with a redirect, so that its connection can be reused. A slow or broken page
 * costs the connection, but the target of the redirect is known all the same.
 */
async function leave(body: Dispatcher.ResponseData['body'], signal: AbortSignal): Promise<void> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(REDIRECT_PAGE_MS)]);
  try {
    await body.dump({ limit: REDIRECT_PAGE_BYTES, signal: within });
  } catch {
    signal.throwIfAborted();
  }
}
