import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const folder = process.env['REAL_PAGES_DIR'];

/** The text of a saved page. */
export function savedPage(engine: string, name: string): string {
  return readFileSync(join(folder ?? '', engine, name), 'utf8');
}

/** Declares a suite over saved pages; if they are missing it is reported as skipped. */
export function describeSavedPages(what: string, suite: () => void): void {
  if (folder !== undefined) return describe(`saved ${what}`, suite);
  process.stdout.write(`not run: saved ${what}, because REAL_PAGES_DIR is not set\n`);
  describe.skip(`saved ${what} (not run: REAL_PAGES_DIR is not set)`, suite);
}

/** One response of a small server. */
export interface ServedAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The response to a request; null: 404. */
export type Answering = (url: URL, headers: IncomingHttpHeaders) => ServedAnswer | null;

/** A small server with scripted responses. */
export class AnswerServer {
  /** All requested addresses, in order. */
  readonly asked: URL[] = [];
  private readonly server: Server;

  constructor(answering: Answering) {
    this.server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.url);
      this.asked.push(url);
      const answer = answering(url, request.headers);
      if (answer === null) return void response.writeHead(404).end('not found');
      const { status = 200, type, headers = {}, body } = answer;
      response.writeHead(status, { 'content-type': type, ...headers }).end(body);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => void this.server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
