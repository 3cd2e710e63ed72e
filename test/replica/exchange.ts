import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestRecord } from './stats.ts';

/** One request with the means to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The full address that was asked for. */
  readonly url: URL;
  readonly record: RequestRecord;
}

/** Answers an exchange; returns false for one it does not know. */
export type Handler = (exchange: Exchange) => boolean | Promise<boolean>;

/** An answer that is sent in one piece. */
export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Sends an answer with its length; HEAD gets the headers only. */
export function send({ request, response }: Exchange, answer: Answer): void {
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.type ?? 'text/html; charset=utf-8',
    'content-length': String(body.length),
    ...answer.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Redirects the client. */
export function redirect(exchange: Exchange, location: string, headers: Record<string, string> = {}): void {
  send(exchange, { status: 302, headers: { location, ...headers } });
}

/** Waits, at most as long as the client. @returns whether the client is still there */
export function pause({ response }: Exchange, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      response.off('close', finish);
      resolve(!response.destroyed);
    };
    const timer = setTimeout(finish, ms);
    response.once('close', finish);
  });
}

/** Waits until the client gives up. */
export function waitForEnd({ response }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    else response.once('close', () => resolve());
  });
}

/** Reads the fields of a posted form. */
export async function formOf({ request }: Exchange): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
