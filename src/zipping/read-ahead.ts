/** How items are read ahead of their use. */
export interface ReadAhead<T, R> {
  readonly read: (item: T) => Promise<R>;
  readonly bytesOf: (item: T) => number;
  /** So much is read or being read beyond the item in use; at least one item. */
  readonly maxBytes: number;
}

/**
 * Reads items, several at a time, and hands them on in their order.
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
      // Awaited later; until then a failure must not count as one that nobody looks at.
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
