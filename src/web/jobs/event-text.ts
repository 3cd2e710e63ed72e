/** One server-sent event. */
export interface ServerEvent {
  readonly event: 'progress' | 'image' | 'state' | 'alive';
  /** The version after which a follower goes on; null: unchanged. */
  readonly id: number | null;
  readonly data: object;
}

/**
 * The wire format of an event; JSON contains no raw line breaks, so one data line is enough.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventText({ event, id, data }: ServerEvent): string {
  const idLine = id === null ? '' : `id: ${id}\n`;
  return `event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`;
}

/** Reads the version after which a follower goes on; -1: from the start. */
export function readLastVersion(...given: readonly unknown[]): number {
  const text = given.find((value) => typeof value === 'string' && /^\d{1,15}$/.test(value));
  return typeof text === 'string' ? Number(text) : -1;
}
