import { plainLine } from '../jobs/wording/quoted-query.js';

const CLEAR_LINE = '\r\u001B[K';
/** Width of a terminal that does not report its own, in columns. */
const USUAL_COLUMNS = 80;
/** Time between status lines if the status cannot be redrawn, in milliseconds. */
const LINE_EVERY_MS = 2000;

/** The stream of a screen: standard error. */
export type ScreenStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Options of a screen. */
export interface ScreenOptions {
  /** Whether the status line can be redrawn. */
  readonly canRedraw: boolean;
  /** Whether only complaints are shown. */
  readonly isQuiet: boolean;
  /** A monotonic clock in milliseconds. */
  readonly now?: () => number;
}

/** Formats a status for a line of `columns`; null for a separate line among others. */
export type Status = (columns: number | null) => string;

/**
 * Shows lines for a person, with a redrawn status below them. All terminal output passes through this class,
 * so that lines and status never mix, and foreign text cannot move the cursor or reverse the writing
 * direction.
 */
export class Screen {
  private status: Status | null = null;
  private isDrawn = false;
  private lastLine = '';
  private lastLineAt = -Infinity;

  constructor(
    private readonly stream: ScreenStream,
    private readonly options: ScreenOptions,
  ) {}

  /** Writes lines of information. */
  say(text: string): void {
    if (!this.options.isQuiet) this.complain(text);
  }

  /** Writes lines that a quiet screen shows too. */
  complain(text: string): void {
    this.clear();
    this.stream.write(`${text.split(/\r?\n/).map(plainLine).join('\n')}\n`);
    this.draw();
  }

  /** Replaces the status. */
  show(status: Status): void {
    if (this.options.isQuiet) return;
    if (!this.isLive) return this.writeNowAndThen(status(null));
    if (this.status === null) this.stream.on('resize', this.redraw);
    this.status = status;
    this.redraw();
  }

  /** Removes the status. */
  endStatus(): void {
    this.stream.removeListener('resize', this.redraw);
    this.clear();
    this.status = null;
  }

  private get isLive(): boolean {
    return this.stream.isTTY === true && this.options.canRedraw;
  }

  private readonly redraw = (): void => {
    this.clear();
    this.draw();
  };

  private clear(): void {
    if (this.isDrawn) this.stream.write(CLEAR_LINE);
    this.isDrawn = false;
  }

  private draw(): void {
    if (this.status === null) return;
    // A terminal of unknown width reports 0.
    this.stream.write(this.status(this.stream.columns || USUAL_COLUMNS));
    this.isDrawn = true;
  }

  private writeNowAndThen(line: string): void {
    const { now = () => performance.now() } = this.options;
    if (line === this.lastLine || now() - this.lastLineAt < LINE_EVERY_MS) return;
    this.lastLine = line;
    this.lastLineAt = now();
    this.stream.write(`${line}\n`);
  }
}
