const SEND_WITHIN_MS = 60_000;
/** Grace period for a mail that is leaving when the process is told to stop. */
const LEAVE_WITHIN_MS = 5000;

/**
 * Bounds one send by a deadline, and by a grace period after `stop` aborts, since a mail that is broken off
 * at the wrong moment can never be sent again.
 */
export class SendDeadline implements Disposable {
  private readonly grace = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  readonly signal = AbortSignal.any([this.grace.signal, AbortSignal.timeout(SEND_WITHIN_MS)]);

  constructor(
    private readonly stop: AbortSignal,
    private readonly graceMs = LEAVE_WITHIN_MS,
  ) {
    if (stop.aborted) this.beginGrace();
    else stop.addEventListener('abort', this.beginGrace, { once: true });
  }

  [Symbol.dispose](): void {
    this.stop.removeEventListener('abort', this.beginGrace);
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private readonly beginGrace = (): void => {
    this.timer = setTimeout(() => this.grace.abort(this.stop.reason), this.graceMs);
  };
}
