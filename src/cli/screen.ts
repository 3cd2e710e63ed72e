import { plainLine } from '../jobs/wording/quoted-query.js';

const CLEAR_LINE = '\r\u001B[K';
/** Where a terminal does not say how wide it is. */
const USUAL_COLUMNS = 80;
/** How often the status is written where it cannot be written over. */
const LINE_EVERY_MS = 2000;

/** Where a screen is: standard error, whatever that leads to. */
export type ScreenStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** What the screen is to show and can. */
export interface ScreenOptions {
  /** Whether a line of a terminal can be written over. */
  readonly canRedraw: boolean;
  /** Shows complaints only. */
  readonly isQuiet: boolean;
  /** Milliseconds of a clock that only goes on. */
  readonly now?: () => number;
}

/** A status as text: for a line of so many columns, or null for a line of its own among others. */
export type Status = (columns: number | null) => string;

/**
 * Lines for a person, and under them a status that is written over. All that reaches the terminal goes through here,
 * so that lines and status never mix, and no text of others moves the cursor or turns the direction of letters.
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

  /** Writes what is good to know, one or several lines. */
  say(text: string): void {
    if (!this.options.isQuiet) this.complain(text);
  }

  /** Writes what has to be known, one or several lines. */
  complain(text: string): void {
    this.clear();
    this.stream.write(`${text.split(/\r?\n/).map(plainLine).join('\n')}\n`);
    this.draw();
  }

  /** Shows a status from now on, instead of the one before. */
  show(status: Status): void {
    if (this.options.isQuiet) return;
    if (!this.isLive) return this.writeNowAndThen(status(null));
    if (this.status === null) this.stream.on('resize', this.redraw);
    this.status = status;
    this.redraw();
  }

  /** Takes the status away. */
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
    // A terminal that does not know its width says 0.
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
