import { Writable } from 'node:stream';

/** Clears what the progress bar has drawn in the line. */
const CLEAR_LINE = '\r\u001B[K';

/** What a line of the log holds, as far as it is shown. */
interface LogLine {
  readonly level?: unknown;
  readonly msg?: unknown;
  readonly err?: { readonly message?: unknown };
}

/** Takes the log's lines of JSON and writes each as a short one for a person: no time, no stack. */
export class PlainLog extends Writable {
  constructor(private readonly screen: NodeJS.WritableStream & { readonly isTTY?: boolean }) {
    super({ decodeStrings: false });
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    const lines = String(chunk)
      .split('\n')
      .filter((line) => line !== '');
    const lead = this.screen.isTTY === true ? CLEAR_LINE : '';
    for (const line of lines) this.screen.write(`${lead}${plain(line)}\n`);
    done();
  }
}

function plain(line: string): string {
  const { level, msg, err } = parse(line);
  if (typeof msg !== 'string') return line;
  const reason = typeof err?.message === 'string' && err.message !== msg ? ` (${err.message})` : '';
  return `${String(level)}: ${msg}${reason}`;
}

function parse(line: string): LogLine {
  try {
    return Object(JSON.parse(line)) as LogLine;
  } catch {
    return {};
  }
}
