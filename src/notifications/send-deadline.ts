const SEND_WITHIN_MS = 60_000;
/** How long a mail that is leaving may still take when the process is told to stop. */
const LEAVE_WITHIN_MS = 5000;

/**
 * Bounds one send: by its own deadline, and by a moment of grace after `stop` aborts, since a mail broken off
 * in the wrong second could never be sent again.
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
