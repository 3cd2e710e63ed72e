import type { Agent, Dispatcher } from 'undici';
import { errorCode } from '../jobs/error-code.js';
import type { AddressGuard } from './address-guard.js';
import { guardedAgent, mendingAgent } from './guarded-agent.js';
import type { NameResolver } from './name-resolver.port.js';
import { isRefusedHead } from './network-error.js';

/** How a host says that it does not speak HTTP/1.1. @see RFC 7301, section 3.2 */
const NO_COMMON_PROTOCOL = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
/** There are hardly any; with so many, all are asked anew. */
const MAX_REMEMBERED = 1000;

/**
 * The connections to the web: HTTP/1.1, and HTTP/2 with hosts that speak nothing else. Where a host speaks both,
 * one connection for everything is no faster than a few, and one that breaks takes along all that is under way.
 * A host whose head is refused is asked once more, and has it mended.
 */
export class WebConnections {
  private readonly http1: Agent;
  private readonly http2: Agent;
  private readonly mending: Agent;
  private readonly onlyHttp2 = new Set<string>();
  private readonly needMending = new Set<string>();

  constructor(guard: AddressGuard, resolver: NameResolver) {
    this.http1 = guardedAgent(guard, resolver, 'http1');
    this.http2 = guardedAgent(guard, resolver, 'http2');
    this.mending = mendingAgent(guard, resolver);
  }

  /** @throws the system's or undici's errors, the guard's, the signal's reason */
  async request(options: Dispatcher.RequestOptions & { origin: string }): Promise<Dispatcher.ResponseData> {
    const { origin } = options;
    if (this.onlyHttp2.has(origin)) return this.http2.request(options);
    if (this.needMending.has(origin)) return this.mending.request(options);
    try {
      return await this.http1.request(options);
    } catch (error) {
      if (errorCode(error) === NO_COMMON_PROTOCOL) {
        remember(this.onlyHttp2, origin);
        return this.http2.request(options);
      }
      if (!isRefusedHead(error)) throw error;
    }
    const mended = await this.mending.request(options);
    remember(this.needMending, origin);
    return mended;
  }

  /** Ends them all, with what is under way. */
  async drop(): Promise<void> {
    await Promise.all([this.http1, this.http2, this.mending].map((agent) => agent.destroy()));
  }
}

function remember(origins: Set<string>, origin: string): void {
  if (origins.size >= MAX_REMEMBERED) origins.clear();
  origins.add(origin);
}
