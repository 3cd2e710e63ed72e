import type { Agent, Dispatcher } from 'undici';
import { errorCode } from '../jobs/error-code.js';
import type { AddressGuard } from './address-guard.js';
import { guardedAgent, mendingAgent } from './guarded-agent.js';
import type { NameResolver } from './name-resolver.port.js';
import { isRefusedHead } from './network-error.js';

/** Error of a host that does not speak HTTP/1.1. @see RFC 7301, section 3.2 */
const NO_COMMON_PROTOCOL = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
/** Such hosts are rare; beyond this number all are forgotten and asked anew. */
const MAX_REMEMBERED = 1000;

/**
 * The connections to the web: HTTP/1.1, and HTTP/2 for hosts that speak nothing else. If a host speaks both,
 * a single HTTP/2 connection is no faster than several, and if it breaks, all its requests fail with it. A
 * host whose head is refused is asked once more, with the head mended.
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

  /** Ends all connections and their requests. */
  async drop(): Promise<void> {
    await Promise.all([this.http1, this.http2, this.mending].map((agent) => agent.destroy()));
  }
}

function remember(origins: Set<string>, origin: string): void {
  if (origins.size >= MAX_REMEMBERED) origins.clear();
  origins.add(origin);
}
