/** Merges generators that are sorted by `compare` into a sorted one; reads one item ahead of each. */
export async function* mergeSorted<T>(
  sources: readonly AsyncGenerator<T>[],
  compare: (a: T, b: T) => number,
): AsyncGenerator<T> {
  const heads = await Promise.all(sources.map(async (source) => ({ source, next: await source.next() })));
  try {
    for (;;) {
      let least: { head: (typeof heads)[number]; value: T } | null = null;
      for (const head of heads) {
        if (head.next.done === true) continue;
        const { value } = head.next;
        if (least === null || compare(value, least.value) < 0) least = { head, value };
      }
      if (least === null) return;
      yield least.value;
      least.head.next = await least.head.source.next();
    }
  } finally {
    await Promise.all(sources.map((source) => source.return(undefined)));
  }
}
