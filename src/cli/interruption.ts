const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm repeats a Ctrl-C that the terminal has already sent: signals within this time count as one. */
const SAME_WITHIN_MS = 1000;

/** The part of a process that interruption needs. */
export interface Interrupted {
  readonly pid: number;
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

/**
 * Aborts at Ctrl-C, SIGTERM, or when the terminal closes. A second signal a moment later ends the process at
 * once.
 * @param now a monotonic clock in milliseconds
 */
export function interruption(process: Interrupted, now = (): number => performance.now()): AbortSignal {
  const interrupt = new AbortController();
  let firstAt: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    firstAt ??= now();
    interrupt.abort();
    if (now() - firstAt < SAME_WITHIN_MS) return;
    for (const name of SIGNALS) process.off(name, onSignal);
    // Without a listener, the signal ends the process.
    process.kill(process.pid, signal);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return interrupt.signal;
}
