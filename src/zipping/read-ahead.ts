/**
 * Reads items in order, the next one already while the last one is being used.
 * @returns each item with what was read of it
 */
export async function* readAhead<T, R>(
  items: readonly T[],
  read: (item: T) => Promise<R>,
): AsyncGenerator<readonly [T, R], void, void> {
  const waiting = items.values();
  let next = begin(waiting.next(), read);
  while (next !== null) {
    const current = next;
    const result = await current.result;
    next = begin(waiting.next(), read);
    yield [current.item, result];
  }
}

function begin<T, R>(
  step: IteratorResult<T, undefined>,
  read: (item: T) => Promise<R>,
): { readonly item: T; readonly result: Promise<R> } | null {
  if (step.done === true) return null;
  const result = read(step.value);
  // Awaited later; until then a failure must not count as one that nobody looks at.
  result.catch(() => null);
  return { item: step.value, result };
}
