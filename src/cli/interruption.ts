const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm sends Ctrl-C on to a program that has had it from the terminal already: within this time it is the same one. */
const SAME_WITHIN_MS = 1000;

/** A process, as far as it is interrupted. */
export interface Interrupted {
  readonly pid: number;
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

/**
 * Aborts at Ctrl-C, SIGTERM, or when the terminal is closed. Once more, a moment later, ends the process at once.
 * @param now milliseconds of a clock that only goes on
 */
export function interruption(process: Interrupted, now = (): number => performance.now()): AbortSignal {
  const interrupt = new AbortController();
  let firstAt: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    firstAt ??= now();
    interrupt.abort();
    if (now() - firstAt < SAME_WITHIN_MS) return;
    for (const name of SIGNALS) process.off(name, onSignal);
    // Without a listener it does what it does to every process.
    process.kill(process.pid, signal);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return interrupt.signal;
}
