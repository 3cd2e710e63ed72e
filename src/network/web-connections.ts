import type { Agent, Dispatcher } from 'undici';
import { errorCode } from '../jobs/error-code.js';
import type { AddressGuard } from './address-guard.js';
import { guardedAgent } from './guarded-agent.js';
import type { NameResolver } from './name-resolver.port.js';

/** How a host says that it does not speak HTTP/1.1. @see RFC 7301, section 3.2 */
const NO_COMMON_PROTOCOL = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
/** There are hardly any; with so many, all are asked anew. */
const MAX_REMEMBERED = 1000;

/**
 * The connections to the web: HTTP/1.1, and HTTP/2 with hosts that speak nothing else. Where a host speaks both,
 * one connection for everything is no faster than a few, and one that breaks takes along all that is under way.
 */
export class WebConnections {
  private readonly http1: Agent;
  private readonly http2: Agent;
  private readonly onlyHttp2 = new Set<string>();

  constructor(guard: AddressGuard, resolver: NameResolver) {
    this.http1 = guardedAgent(guard, resolver, 'http1');
    this.http2 = guardedAgent(guard, resolver, 'http2');
  }

  /** @throws the system's or undici's errors, the guard's, the signal's reason */
  async request(options: Dispatcher.RequestOptions & { origin: string }): Promise<Dispatcher.ResponseData> {
    if (!this.onlyHttp2.has(options.origin)) {
      try {
        return await this.http1.request(options);
      } catch (error) {
        if (errorCode(error) !== NO_COMMON_PROTOCOL) throw error;
        this.remember(options.origin);
      }
    }
    return this.http2.request(options);
  }

  /** Ends them all, with what is under way. */
  async drop(): Promise<void> {
    await Promise.all([this.http1.destroy(), this.http2.destroy()]);
  }

  private remember(origin: string): void {
    if (this.onlyHttp2.size >= MAX_REMEMBERED) this.onlyHttp2.clear();
    this.onlyHttp2.add(origin);
  }
}
