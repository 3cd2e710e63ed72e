/** One tab of the browser, lent to one search. */
export abstract class Tab {
  /**
   * Loads a page until its document is parsed, or until the page deadline. A partial page is readable; no
   * page at all is a failure.
   * @throws AppError `source.unreachable` (context `reason`: `timeout`, or Chrome's own name such as
   *   `ERR_CONNECTION_RESET`), `browser.crashed`; the signal's reason when it aborts
   */
  abstract go(url: string): Promise<void>;

  /**
   * Runs the body of a function in the page, with `args` as its `arguments`.
   * @param args values that survive JSON
   * @throws AppError `browser.crashed`, also if the page does not answer; JavascriptError; the signal's
   *   reason
   */
  abstract run(script: string, ...args: readonly unknown[]): Promise<unknown>;

  /** Returns the tab; nothing of the search stays open. Closing twice is no error. */
  abstract close(): Promise<void>;
}

/** A real browser shared by all searches. */
export abstract class Browser {
  /**
   * Lends a tab, starting the browser if none is running. The tab is closed by its user, or when `signal`
   * aborts.
   * @throws AppError `browser.missing`, `browser.crashed`; the signal's reason when it aborts
   */
  abstract openTab(signal: AbortSignal): Promise<Tab>;

  /**
   * Fulfils if a browser could be started, without starting one.
   * @throws AppError `browser.missing`; `browser.crashed` if the last start failed, although the next one may
   *   not
   */
  abstract ping(): Promise<void>;
}
