/** Runs at most `limit` tasks at a time; the others wait in the order of their calls. */
export class TaskLimiter {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      // A waiting task takes over this place, so the count stays.
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
