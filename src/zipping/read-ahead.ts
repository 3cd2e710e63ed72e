/** Options of reading ahead. */
export interface ReadAhead<T, R> {
  readonly read: (item: T) => Promise<R>;
  readonly bytesOf: (item: T) => number;
  /** Maximum bytes that are read ahead of the item in use; at least one item. */
  readonly maxBytes: number;
}

/**
 * Reads items, several at a time, and yields them in their order.
 * @returns what was read of each item
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
      // Awaited later; until then a failure must not count as an unhandled rejection.
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
