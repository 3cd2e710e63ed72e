/** Options for reading items ahead. */
export interface ReadAhead<T, R> {
  readonly read: (item: T) => Promise<R>;
  readonly bytesOf: (item: T) => number;
  /** Limit of the bytes read ahead, beyond the item in use; at least one item is always read. */
  readonly maxBytes: number;
}

/**
 * Reads items, several at a time, and yields the results in the order of the items.
 */
export async function* readAhead<T, R>(
  items: readonly T[],
  { read, bytesOf, maxBytes }: ReadAhead<T, R>,
): AsyncGenerator<R, void, void> {
  const begun: { readonly result: Promise<R>; readonly bytes: number }[] = [];
  let begunBytes = 0;
  let next = 0;
  for (;;) {
    for (const item of items.slice(next)) {
      if (begun.length > 0 && begunBytes >= maxBytes) break;
      next += 1;
      const result = read(item);
      // The result is awaited later: until then, a rejection must not count as unhandled.
      result.catch(() => null);
      begun.push({ result, bytes: bytesOf(item) });
      begunBytes += bytesOf(item);
    }
    const first = begun.shift();
    if (first === undefined) return;
    begunBytes -= first.bytes;
    yield await first.result;
  }
}
