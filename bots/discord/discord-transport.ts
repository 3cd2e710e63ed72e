import type { RESTOptions, ResponseLike } from 'discord.js';

/** Tells the transport which call a request belongs to; it never leaves the process. */
export const CALL_HEADER = 'x-image-job-call';

/** Longest answer that is read, in bytes; Discord's are some kilobytes. */
const MAX_ANSWER_BYTES = 4_000_000;

/**
 * Sends requests and reads each answer whole, so that no connection is left with half of one, and notes which
 * calls have begun to leave.
 */
export class DiscordTransport {
  private readonly begun = new Set<string>();

  /** For the option `makeRequest` of the REST client. */
  readonly send: RESTOptions['makeRequest'] = async (url, { method, headers, body, signal }) => {
    const sent = new Headers(headers as Record<string, string>);
    const call = sent.get(CALL_HEADER);
    sent.delete(CALL_HEADER);
    if (call !== null) this.begun.add(call);
    const init = { method, headers: sent, body, signal, redirect: 'error' } as RequestInit;
    const answer = await fetch(url, init);
    const length = Number(answer.headers.get('content-length') ?? 0);
    if (length > MAX_ANSWER_BYTES) throw new Error(`an answer of ${length} bytes`);
    const bytes = await answer.arrayBuffer();
    const { status, statusText } = answer;
    const got = new Headers(answer.headers);
    // The client would read nothing as JSON, and fail.
    if (bytes.byteLength === 0) got.delete('content-type');
    const whole = bytes.byteLength === 0 ? null : bytes;
    return new Response(whole, { status, statusText, headers: got }) as ResponseLike;
  };

  /** Whether a call had begun to leave; asked once, at its end. */
  hasBegun(call: string): boolean {
    return this.begun.delete(call);
  }
}
