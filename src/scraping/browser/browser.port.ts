/** One tab of the browser, lent to one search. */
export abstract class Tab {
  /**
   * Loads a page until its document is parsed, or until the page deadline: what has arrived by then is there
   * to be read, and nothing at all is a failure.
   * @throws AppError `source.unreachable` (context `reason`: `timeout`, or Chrome's own name such as
   *   `ERR_CONNECTION_RESET`),
   *   `browser.crashed`; the signal's reason when it aborts
   */
  abstract go(url: string): Promise<void>;

  /**
   * Runs the body of a function in the page, `arguments` being `args`.
   * @param args values that survive JSON
   * @throws AppError `browser.crashed`, also where the page does not answer; JavascriptError; the signal's reason
   */
  abstract run(script: string, ...args: readonly unknown[]): Promise<unknown>;

  /** Gives the tab back; nothing of the search stays open. Closing twice is no error. */
  abstract close(): Promise<void>;
}

/** A real browser that searches share. */
export abstract class Browser {
  /**
   * Lends a tab, starting the browser where none is warm. The tab is closed by its user, or by itself when
   * `signal` aborts.
   * @throws AppError `browser.missing`, `browser.crashed`; the signal's reason when it aborts
   */
  abstract openTab(signal: AbortSignal): Promise<Tab>;

  /**
   * Answers when a browser could be started, without starting one.
   * @throws AppError `browser.missing`; `browser.crashed` where the last start failed, which the next need not
   */
  abstract ping(): Promise<void>;
}
