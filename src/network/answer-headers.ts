import type { IncomingHttpHeaders } from 'node:http';

/** Headers of a single value; of several the first one counts. */
const ONE_VALUE = ['content-type', 'content-length', 'content-range', 'location', 'retry-after'] as const;

/**
 * Makes the headers of an answer match their types: a header that a server repeats although it makes sense
 * only once becomes one text, not a list, so that no reader has to think of such servers.
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
