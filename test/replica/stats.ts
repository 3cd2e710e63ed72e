/** The purpose of a request. */
export type RequestKind =
  | 'search'
  | 'batch'
  | 'panel'
  | 'consent'
  | 'captcha'
  | 'image'
  | 'thumbnail'
  | 'page'
  | 'control'
  | 'canary'
  | 'other';

/** One request as the replica saw it. */
export interface RequestRecord {
  kind: RequestKind;
  readonly method: string;
  /** Host and port the request came to. */
  readonly host: string;
  /** The full address. */
  readonly url: string;
  readonly userAgent: string | null;
  /** Milliseconds since the replica started. */
  readonly startedAtMs: number;
  /** Null while the answer is under way. */
  endedAtMs: number | null;
  /** Null while the answer is under way. */
  status: number | null;
  /** Whether the whole answer reached the socket. */
  isComplete: boolean;
}

/** Connections and requests of one host. */
export interface HostLoad {
  openConnections: number;
  maxOpenConnections: number;
  connections: number;
  openRequests: number;
  maxOpenRequests: number;
  requests: number;
}

/** Everything that can be counted, as plain data. */
export interface StatsSnapshot {
  readonly requests: number;
  readonly byKind: Readonly<Partial<Record<RequestKind, number>>>;
  readonly byHost: Readonly<Record<string, HostLoad>>;
  /** Image addresses (with their redirect steps told apart) whose whole file was sent more than once. */
  readonly downloadedTwice: readonly string[];
  /** Image addresses asked for by GET, in the order of their first request. */
  readonly imagesAsked: readonly string[];
  readonly consentAccepted: number;
  readonly consentRejected: number;
  /** Attempts to send in the captcha form. */
  readonly captchaAttempts: number;
  /** Connections to the address that no client may ever reach. */
  readonly canaryConnections: number;
  readonly userAgents: readonly string[];
  /** Failures inside the replica; empty unless it is broken. */
  readonly errors: readonly string[];
}

/** Counts what clients do to a replica. */
export class Stats {
  readonly records: RequestRecord[] = [];
  readonly errors: string[] = [];
  readonly #startedMs = performance.now();
  readonly hosts: Record<string, HostLoad> = {};
  consentAccepted = 0;
  consentRejected = 0;
  captchaAttempts = 0;
  canaryConnections = 0;

  /** @returns the load of a host, begun at zero */
  host(host: string): HostLoad {
    return (this.hosts[host] ??= {
      openConnections: 0,
      maxOpenConnections: 0,
      connections: 0,
      openRequests: 0,
      maxOpenRequests: 0,
      requests: 0,
    });
  }

  /** Notes a request that has just arrived. */
  open(host: string, url: string, method: string, userAgent: string | undefined): RequestRecord {
    const load = this.host(host);
    load.requests += 1;
    load.openRequests += 1;
    load.maxOpenRequests = Math.max(load.maxOpenRequests, load.openRequests);
    const record: RequestRecord = {
      kind: 'other',
      method,
      host,
      url,
      userAgent: userAgent ?? null,
      startedAtMs: performance.now() - this.#startedMs,
      endedAtMs: null,
      status: null,
      isComplete: false,
    };
    this.records.push(record);
    return record;
  }

  /** Notes that a request is answered or given up. */
  end(record: RequestRecord, isComplete: boolean, status: number): void {
    this.host(record.host).openRequests -= 1;
    record.endedAtMs = performance.now() - this.#startedMs;
    record.isComplete = isComplete;
    record.status = status;
  }

  /** @returns how many requests for an address have arrived so far, the present one included */
  timesAsked(url: string, method: string): number {
    return this.records.filter((record) => record.url === url && record.method === method).length;
  }

  /** @returns a copy of all counts as they are now */
  snapshot(): StatsSnapshot {
    const images = this.records.filter(({ kind, method }) => kind === 'image' && method === 'GET');
    const complete = images.filter(({ isComplete, status }) => isComplete && status === 200);
    return {
      requests: this.records.length,
      byKind: countBy(this.records.map(({ kind }) => kind)),
      byHost: structuredClone(this.hosts),
      downloadedTwice: Object.entries(countBy(complete.map(({ url }) => url)))
        .filter(([, times]) => times > 1)
        .map(([url]) => url),
      imagesAsked: [...new Set(images.map(({ url }) => url))],
      consentAccepted: this.consentAccepted,
      consentRejected: this.consentRejected,
      captchaAttempts: this.captchaAttempts,
      canaryConnections: this.canaryConnections,
      userAgents: [...new Set(this.records.flatMap(({ userAgent }) => userAgent ?? []))],
      errors: [...this.errors],
    };
  }
}

function countBy<K extends string>(keys: readonly K[]): Record<K, number> {
  const counts = {} as Record<K, number>;
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
