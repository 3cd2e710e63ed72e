/** How the browser is started, and its deadlines. */
export interface BrowserOptions {
  /** Chrome or Chromium; null: found in the usual places. */
  readonly browserPath: string | null;
  /** chromedriver; null: found in the usual places. */
  readonly driverPath: string | null;
  /** The proxy for all requests of the browser, `host:port`; null: none. */
  readonly proxyAddress: (() => Promise<string>) | null;
  /** Additional arguments of Chrome. */
  readonly extraArguments: readonly string[];
  /** Whether Chrome may run without its sandbox if the machine allows it none. */
  readonly sandbox: 'preferred' | 'required';
  /** How long a browser without a search is kept. */
  readonly idleCloseMs: number;
  /** Deadline of each step of the start: driver, browser, tab. */
  readonly startTimeoutMs: number;
  /** Deadline of one page. */
  readonly pageTimeoutMs: number;
  /** Deadline of every other command; a browser that misses it counts as hung. */
  readonly commandTimeoutMs: number;
}

/** The defaults. A browser must be gone 60 s after the last search, so it is closed a little earlier. */
export const BROWSER_DEFAULTS: BrowserOptions = {
  browserPath: null,
  driverPath: null,
  proxyAddress: null,
  extraArguments: [],
  sandbox: 'preferred',
  idleCloseMs: 50_000,
  startTimeoutMs: 30_000,
  pageTimeoutMs: 30_000,
  commandTimeoutMs: 15_000,
};
