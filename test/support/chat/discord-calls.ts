import type { IncomingMessage } from 'node:http';

/** A received call of the REST API. */
export interface DiscordCall {
  readonly method: string;
  /** Path after the version, e.g. `/users/@me`. */
  readonly path: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The body if it is a list, otherwise empty. */
  readonly list: readonly object[];
  readonly files: readonly Buffer[];
}

/** Reads a call, as JSON or as a form with files. */
export async function readCall(request: IncomingMessage): Promise<DiscordCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const { given, files } = type.startsWith('multipart/form-data')
    ? await readForm(raw, type)
    : { given: raw.length === 0 ? {} : (JSON.parse(raw.toString()) as unknown), files: [] };
  const [path = ''] = (request.url ?? '').replace(/^\/api\/v10/, '').split('?');
  return {
    method: request.method ?? '',
    path: decodeURIComponent(path),
    authorization: request.headers.authorization ?? '',
    body: Array.isArray(given) ? {} : (given as Record<string, unknown>),
    list: Array.isArray(given) ? (given as object[]) : [],
    files,
  };
}

async function readForm(raw: Buffer, type: string): Promise<{ given: unknown; files: Buffer[] }> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'Content-Type': type } }).formData();
  const files: Buffer[] = [];
  for (const value of form.values())
    if (typeof value !== 'string') files.push(Buffer.from(await value.arrayBuffer()));
  return { given: JSON.parse(String(form.get('payload_json'))) as unknown, files };
}
