import type { RESTOptions, ResponseLike } from 'discord.js';
import { Agent, request } from 'undici';

/** Header that tells the transport the call of a request; removed before sending. */
export const CALL_HEADER = 'x-image-job-call';

/** Maximum size of an answer, in bytes; Discord's answers have some kilobytes. */
const MAX_ANSWER_BYTES = 4_000_000;
/** More connections would only make a burst wait for handshakes. */
const MOST_CONNECTIONS = 32;

/**
 * Sends requests and reads each whole answer, so that no connection keeps an unread rest, and records which
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
    // The client would parse an empty body as JSON and fail.
    if (bytes.byteLength === 0) got.delete('content-type');
    const whole = bytes.byteLength === 0 ? null : bytes;
    return new Response(whole, { status: answer.statusCode, headers: got }) as ResponseLike;
  };

  /** Whether a call had begun to leave; forgets the call, so ask only at its end. */
  hasBegun(call: string): boolean {
    return this.begun.delete(call);
  }
}

/** A body as bytes, with the content type of a form, which contains its boundary. */
async function bytesOf(
  body: unknown,
): Promise<{ readonly body: string | Buffer | null; readonly type: string | null }> {
  if (!(body instanceof FormData)) return { body: typeof body === 'string' ? body : null, type: null };
  const form = new Response(body);
  return { body: Buffer.from(await form.arrayBuffer()), type: form.headers.get('content-type') };
}
