import { Writable } from 'node:stream';
import type { Screen } from './screen.js';

/** The shown parts of a log line. */
interface LogLine {
  readonly level?: unknown;
  readonly msg?: unknown;
  readonly err?: { readonly message?: unknown };
}

/** Fields of a log line that do not help a person who runs one job. */
const NOT_SHOWN = new Set(['level', 'time', 'msg', 'err', 'context', 'jobId']);

/** Writes each JSON log line to the screen as a short line without time and stack. */
export class ScreenLog extends Writable {
  /** @param isWhole whether lines are written unchanged */
  constructor(
    private readonly screen: Pick<Screen, 'complain'>,
    private readonly isWhole = false,
  ) {
    super({ decodeStrings: false });
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    const lines = String(chunk)
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines) this.screen.complain(this.isWhole ? line : plain(line));
    done();
  }
}

function plain(line: string): string {
  const parsed = parse(line);
  const { level, msg, err } = parsed;
  if (typeof msg !== 'string') return line;
  const reason = typeof err?.message === 'string' && err.message !== msg ? [err.message] : [];
  const facts = [...reason, ...factsIn(parsed)].join(', ');
  return `${String(level)}: ${msg}${facts === '' ? '' : ` (${facts})`}`;
}

function factsIn(line: LogLine): string[] {
  return Object.entries(line)
    .filter(([name, value]) => !NOT_SHOWN.has(name) && ['string', 'number'].includes(typeof value))
    .map(([name, value]) => `${name} ${String(value)}`);
}

function parse(line: string): LogLine {
  try {
    return Object(JSON.parse(line)) as LogLine;
  } catch {
    return {};
  }
}
