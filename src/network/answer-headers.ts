import type { IncomingHttpHeaders } from 'node:http';

/** Said once, or the first time counts. */
const ONE_VALUE = ['content-type', 'content-length', 'content-range', 'location', 'retry-after'] as const;

/**
 * The headers of an answer as their types promise them: what a server sends twice although it makes sense only once
 * is one text, not a list. Nobody who reads them has to think of servers that do.
 */
export function withOneValueEach(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const single = Object.fromEntries(
    ONE_VALUE.flatMap((name) => {
      const values: readonly unknown[] = [headers[name]].flat();
      return typeof values[0] === 'string' ? [[name, values[0]]] : [];
    }),
  );
  const codings = [headers['content-encoding'] ?? []].flat();
  return { ...headers, ...single, ...(codings.length > 0 ? { 'content-encoding': codings.join(', ') } : {}) };
}
