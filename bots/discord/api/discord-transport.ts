import type { RESTOptions, ResponseLike } from 'discord.js';
import { Agent, request } from 'undici';

/** Tells the transport which call a request belongs to; it never leaves the process. */
export const CALL_HEADER = 'x-image-job-call';

/** Longest answer that is read, in bytes; Discord's are some kilobytes. */
const MAX_ANSWER_BYTES = 4_000_000;
/** More would only make a burst wait for handshakes. */
const MOST_CONNECTIONS = 32;

/**
 * Sends requests and reads each answer whole, so that no connection is left with half of one, and notes which
 * calls have begun to leave.
 */
export class DiscordTransport {
  private readonly begun = new Set<string>();
  private readonly agent = new Agent({ connections: MOST_CONNECTIONS, maxResponseSize: MAX_ANSWER_BYTES });

  /** For the option `makeRequest` of the REST client. */
  readonly send: RESTOptions['makeRequest'] = async (url, init) => {
    const { [CALL_HEADER]: call, ...headers } = init.headers as Record<string, string>;
    if (call !== undefined) this.begun.add(call);
    const { body, type } = await bytesOf(init.body);
    const answer = await request(url, {
      dispatcher: this.agent,
      method: init.method ?? 'GET',
      headers: { ...headers, ...(type === null ? {} : { 'content-type': type }) },
      body,
      signal: init.signal ?? null,
    });
    const bytes = await answer.body.arrayBuffer();
    const got = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) got.set(name, String(value));
    // The client would read nothing as JSON, and fail.
    if (bytes.byteLength === 0) got.delete('content-type');
    const whole = bytes.byteLength === 0 ? null : bytes;
    return new Response(whole, { status: answer.statusCode, headers: got }) as ResponseLike;
  };

  /** Whether a call had begun to leave; asked once, at its end. */
  hasBegun(call: string): boolean {
    return this.begun.delete(call);
  }
}

/** A body as bytes, with the type that a form names its boundary in. */
async function bytesOf(
  body: unknown,
): Promise<{ readonly body: string | Buffer | null; readonly type: string | null }> {
  if (!(body instanceof FormData)) return { body: typeof body === 'string' ? body : null, type: null };
  const form = new Response(body);
  return { body: Buffer.from(await form.arrayBuffer()), type: form.headers.get('content-type') };
}
