import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SlackMessages, type StoredMessage } from './slack-messages.ts';
import { SlackSockets } from './slack-sockets.ts';

export type { StoredMessage };

/** One call of a Web API method, with its decoded arguments. */
export interface SlackCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A response of the Web API. */
export type SlackAnswer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/** Whether Slack answers normally, resets connections, never answers, or answers with an error status. */
export type SlackMood = 'up' | 'reset' | 'silent' | 'unavailable';

const USES_OF_RESPONSE_URL = 5;
const BOT_TOKEN = 'xoxb-test-token';
const APP_TOKEN = 'xapp-test-token';

/**
 * A small Slack on loopback: Web API, uploads, response URLs, Socket Mode. It refuses with Slack's error
 * codes.
 */
export class SlackServer {
  readonly calls: SlackCall[] = [];
  readonly answers: { readonly url: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
  readonly uploads = new Map<string, Buffer>();
  readonly messages = new SlackMessages();
  readonly sockets = new SlackSockets();
  readonly profiles = new Map<string, Readonly<Record<string, unknown>>>();
  mood: SlackMood = 'up';
  /** Number of requests while not `up`. */
  turnedAway = 0;
  isRevoked = false;
  /** Replaces the usual response unless it returns null. */
  override: (call: SlackCall) => SlackAnswer | null = () => null;
  /** Runs after a call was carried out and before its response. */
  beforeAnswer: (call: SlackCall, socket: Socket) => void | Promise<void> = () => {};
  private readonly limited = new Map<string, { left: number; readonly seconds: number }>();
  private readonly usesLeft = new Map<string, number>();
  private readonly server: Server = createServer((request, response) => void this.take(request, response));
  private files = 0;

  async start(): Promise<this> {
    this.server.on('upgrade', (request, socket, head) => this.sockets.upgrade(request, socket, head));
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.sockets.closeAll();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Settings that make the product use this Slack. */
  get settings(): Readonly<Record<string, string>> {
    return { SLACK_API_URL: `${this.url}/api`, SLACK_BOT_TOKEN: BOT_TOKEN };
  }

  get appToken(): string {
    return APP_TOKEN;
  }

  /** A new response URL, valid for five uses. */
  responseUrl(): string {
    const url = `/respond/${this.usesLeft.size + 1}`;
    this.usesLeft.set(url, USES_OF_RESPONSE_URL);
    return this.url + url;
  }

  /** Expires every response URL, as Slack does after 30 minutes. */
  expireResponseUrls(): void {
    for (const url of this.usesLeft.keys()) this.usesLeft.set(url, 0);
  }

  /** The next `times` calls of a method get 429. */
  limit(method: string, times: number, seconds: number): void {
    this.limited.set(method, { left: times, seconds });
  }

  /** Calls of one method so far. */
  callsOf(method: string): SlackCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** All texts that people were sent in any way. */
  toldAnyWay(): string[] {
    const personal = [...this.answers.map(({ body }) => body), ...this.messages.ephemeral];
    return [...personal.map(({ text }) => String(text)), ...this.messages.posted.map(({ text }) => text)];
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.mood !== 'up') this.turnedAway += 1;
    if (this.mood === 'reset') return void request.socket.destroy();
    if (this.mood === 'silent') return;
    const body = await buffer(request);
    if (this.mood === 'unavailable') return void response.writeHead(503).end('upstream unavailable');
    const path = request.url ?? '';
    if (path.startsWith('/respond/')) return this.takeAnswer(path, body, response);
    if (path.startsWith('/upload/')) {
      this.uploads.set(path.slice('/upload/'.length), body);
      return void response.end('OK');
    }
    await this.takeCall({ method: path.slice('/api/'.length), args: argsOf(body) }, request, response);
  }

  private takeAnswer(path: string, body: Buffer, response: ServerResponse): void {
    const left = this.usesLeft.get(path) ?? 0;
    this.usesLeft.set(path, left - 1);
    if (left <= 0) return void response.writeHead(404).end('{"ok":false,"error":"used_url"}');
    this.answers.push({ url: path, body: JSON.parse(body.toString()) as Record<string, unknown> });
    response.end('ok');
  }

  private async takeCall(call: SlackCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const limit = this.limited.get(call.method);
    if (limit !== undefined && limit.left > 0) {
      limit.left -= 1;
      return void response.writeHead(429, { 'Retry-After': String(limit.seconds) }).end();
    }
    this.calls.push(call);
    const answer = this.refusalOf(call, request) ?? this.override(call) ?? this.carryOut(call);
    await this.beforeAnswer(call, request.socket);
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  }

  private refusalOf({ method, args }: SlackCall, request: IncomingMessage): SlackAnswer | null {
    const wanted = method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN;
    const given = request.headers.authorization?.replace('Bearer ', '') ?? args['token'];
    if (this.isRevoked) return { ok: false, error: 'token_revoked' };
    return given === wanted ? null : { ok: false, error: 'invalid_auth' };
  }

  private carryOut({ method, args }: SlackCall): SlackAnswer {
    switch (method) {
      case 'auth.test':
        return { ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' };
      case 'chat.postMessage':
        return this.messages.post(args);
      case 'chat.update':
        return this.messages.update(args);
      case 'chat.postEphemeral':
        return this.messages.postEphemeral(args);
      case 'conversations.open':
        return { ok: true, channel: { id: `D${String(args['users'])}` } };
      case 'views.open':
        return { ok: true, view: { id: 'V1' } };
      case 'users.info': {
        const user = this.profiles.get(String(args['user'])) ?? { tz: 'Europe/Vienna', profile: {} };
        return { ok: true, user };
      }
      case 'files.getUploadURLExternal':
        this.files += 1;
        return { ok: true, upload_url: `${this.url}/upload/F${this.files}`, file_id: `F${this.files}` };
      case 'files.delete':
        return this.uploads.delete(String(args['file']))
          ? { ok: true }
          : { ok: false, error: 'file_not_found' };
      case 'files.completeUploadExternal':
        return { ok: true, files: args['files'] };
      case 'apps.connections.open':
        return { ok: true, url: `${this.url.replace('http', 'ws')}/link` };
      default:
        return { ok: false, error: 'unknown_method' };
    }
  }
}

/** Form fields, with JSON values decoded. */
function argsOf(body: Buffer): Record<string, unknown> {
  const fields = [...new URLSearchParams(body.toString())];
  return Object.fromEntries(
    fields.map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]),
  );
}
