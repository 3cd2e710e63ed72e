const TOKEN = /\p{Cc}\[(\d*)([A-Za-z])|\p{Cc}|\P{Cc}/gu;

/**
 * The screen of a terminal, with the features needed for overwritten lines: carriage return, line feed,
 * clearing to the end of the line, and wrapping at the last column. Each character takes one column.
 */
export class TerminalReplica {
  private readonly rows: string[][] = [[]];
  private column = 0;

  constructor(private readonly columns: number) {}

  /** @throws Error for a code that this terminal does not know */
  write(text: string): this {
    for (const [token, , command] of text.matchAll(TOKEN)) {
      if (command === 'K') this.row.splice(this.column);
      else if (command !== undefined || /^[^\P{Cc}\r\n]/u.test(token))
        throw new Error(`the terminal was told ${JSON.stringify(token)}`);
      else if (token === '\r') this.column = 0;
      else if (token === '\n') this.goDown();
      else this.put(token);
    }
    return this;
  }

  /** Visible lines, without the empty line at the end. */
  get lines(): string[] {
    const lines = this.rows.map((row) => row.join('').trimEnd());
    return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  }

  private get row(): string[] {
    const row = this.rows.at(-1);
    if (row === undefined) throw new Error('the terminal has no row');
    return row;
  }

  private put(character: string): void {
    if (this.columns > 0 && this.column === this.columns) this.goDown();
    this.row[this.column] = character;
    this.column += 1;
  }

  private goDown(): void {
    this.rows.push([]);
    this.column = 0;
  }
}
