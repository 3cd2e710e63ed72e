/** Bounds of RecentReads. */
export interface Recency {
  readonly maxCount: number;
  /** Time after the last use until a value is forgotten. */
  readonly keepMs: number;
}

/** Remembers what was read last, for a short time; readers of the same at the same time share one read. */
export class RecentReads<T> {
  private readonly known = new Map<string, { readonly value: Promise<T>; readonly timer: NodeJS.Timeout }>();

  constructor(private readonly bounds: Recency) {}

  /** @returns what `read` gives, or gave a moment ago for the same key; a failure is not remembered */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const value = this.known.get(key)?.value ?? this.begin(key, read);
    this.forget(key);
    const timer = setTimeout(() => this.forget(key), this.bounds.keepMs).unref();
    this.known.set(key, { value, timer });
    const [oldest] = this.known.keys();
    if (this.known.size > this.bounds.maxCount && oldest !== undefined) this.forget(oldest);
    return value;
  }

  private begin(key: string, read: () => Promise<T>): Promise<T> {
    const value = read();
    value.catch(() => {
      if (this.known.get(key)?.value === value) this.forget(key);
    });
    return value;
  }

  private forget(key: string): void {
    clearTimeout(this.known.get(key)?.timer);
    this.known.delete(key);
  }
}
