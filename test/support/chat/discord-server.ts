import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APP_ID, type InteractionPayload, snowflake } from './discord-interactions.ts';
import { type DiscordCall, readCall } from './discord-calls.ts';
import { DiscordSockets } from './discord-sockets.ts';

export const BOT_TOKEN = 'MTIz.a-token.of-the-tests';

/** Discord's response to a call. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A message in a channel. */
export interface StoredMessage {
  readonly id: string;
  readonly channel: string;
  content: string;
  components: readonly { readonly components: readonly Readonly<Record<string, unknown>>[] }[];
  readonly nonce: unknown;
  files: readonly Buffer[];
  edits: number;
}

/** The progress of an interaction. */
export interface Taken {
  readonly sentAtMs: number;
  acknowledgedAfterMs: number | null;
  /** Type and data of the first response. */
  first: { readonly type: number; readonly data?: Readonly<Record<string, unknown>> } | null;
  /** The ephemeral message that only the person sees. */
  original: Readonly<Record<string, unknown>> | null;
  edits: number;
}

/** An error response of Discord. */
export function refusal(status: number, code: number, message = 'refused'): Answer {
  return { status, body: { code, message } };
}

/** A small Discord on loopback: the parts of REST API version 10 that we use, and its gateway. */
export class DiscordServer {
  readonly calls: DiscordCall[] = [];
  readonly messages: StoredMessage[] = [];
  readonly interactions = new Map<string, Taken>();
  readonly commands = new Map<string, unknown[]>();
  /**
   * Replaces the usual response unless null; `hang` never answers, `drop` carries out the call and then cuts
   * the connection, `cut` cuts it at once.
   */
  override: (call: DiscordCall) => Answer | 'hang' | 'drop' | 'cut' | null = () => null;
  readonly gateway: DiscordSockets;
  private readonly server: Server;
  private port = 0;

  constructor() {
    this.server = createServer((request, response) => void this.take(request, response));
    const url = (): string => `ws://127.0.0.1:${this.port}`;
    this.gateway = new DiscordSockets({ token: BOT_TOKEN, applicationId: APP_ID, url });
    this.server.on('upgrade', (request, socket, head) => this.gateway.upgrade(request, socket, head));
  }

  /** @param port of an earlier server, to replace it */
  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    this.gateway.closeAll();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get settings(): Readonly<Record<string, string>> {
    return { DISCORD_TOKEN: BOT_TOKEN, DISCORD_API_URL: `http://127.0.0.1:${this.port}/api` };
  }

  /** Sends an interaction through the gateway. */
  send(payload: InteractionPayload): Taken {
    const taken = this.interactions.get(payload.token) ?? {
      sentAtMs: performance.now(),
      acknowledgedAfterMs: null,
      first: null,
      original: null,
      edits: 0,
    };
    this.interactions.set(payload.token, taken);
    this.gateway.dispatch('INTERACTION_CREATE', payload);
    return taken;
  }

  /** Expires all tokens, as Discord does after 15 minutes. */
  expireTokens(): void {
    this.interactions.clear();
  }

  in(channel: string): StoredMessage[] {
    return this.messages.filter((message) => message.channel === channel);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    this.calls.push(call);
    const other = this.override(call);
    if (other === 'hang') return;
    if (other === 'cut') return void request.socket.destroy();
    const answer = other === null || other === 'drop' ? this.answer(call) : other;
    if (other === 'drop') return void request.socket.destroy();
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  }

  private answer(call: DiscordCall): Answer {
    const [first = '', second = '', third = '', ...rest] = call.path.slice(1).split('/');
    const isOpen = first === 'interactions' || first === 'webhooks';
    if (!isOpen && call.authorization !== `Bot ${BOT_TOKEN}`)
      return { status: 401, body: { code: 0, message: '401: Unauthorized' } };
    switch (`${call.method} ${first}`) {
      case 'GET gateway':
        return { status: 200, body: this.gatewayInformation() };
      case 'GET users':
        return { status: 200, body: { id: APP_ID, username: 'image-job', bot: true } };
      case 'POST users':
        return { status: 200, body: { id: directChannel(String(call.body['recipient_id'])), type: 1 } };
      case 'GET applications':
        return { status: 200, body: this.commands.get(call.path) ?? [] };
      case 'PUT applications':
        return { status: 200, body: this.register(call) };
      case 'POST interactions':
        return this.acknowledge(call, third);
      case 'PATCH webhooks':
        return this.editOriginal(call, third);
      case 'POST channels':
        return this.post(call, second);
      case 'PATCH channels':
        return this.edit(call, rest[0] ?? '');
      default:
        return refusal(404, 0, '404: Not Found');
    }
  }

  private gatewayInformation(): object {
    const limit = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 16 };
    return { url: `ws://127.0.0.1:${this.port}`, shards: 1, session_start_limit: limit };
  }

  /** Stores commands and returns them with the fields that Discord adds. */
  private register({ path, list }: DiscordCall): unknown[] {
    const stored = list.map((one) => ({
      default_member_permissions: null,
      nsfw: false,
      ...one,
      id: snowflake(),
      application_id: APP_ID,
      version: snowflake(),
    }));
    this.commands.set(path, stored);
    return stored;
  }

  private acknowledge(call: DiscordCall, token: string): Answer {
    const taken = this.interactions.get(token);
    if (taken === undefined) return refusal(404, 10_062, 'Unknown interaction');
    if (taken.first !== null) return refusal(400, 40_060, 'Interaction has already been acknowledged.');
    taken.acknowledgedAfterMs = performance.now() - taken.sentAtMs;
    taken.first = call.body as { type: number };
    return { status: 204 };
  }

  private editOriginal(call: DiscordCall, token: string): Answer {
    const taken = this.interactions.get(token);
    if (taken?.first === undefined || taken.first === null) return refusal(404, 10_015, 'Unknown Webhook');
    const refused = this.refused(call);
    if (refused !== null) return refused;
    taken.original = call.body;
    taken.edits += 1;
    return { status: 200, body: { id: snowflake() } };
  }

  private post(call: DiscordCall, channel: string): Answer {
    const refused = this.refused(call);
    if (refused !== null) return refused;
    const { nonce } = call.body;
    const same = this.in(channel).find((message) => nonce !== undefined && message.nonce === nonce);
    if (same !== undefined && call.body['enforce_nonce'] === true) return { status: 200, body: shown(same) };
    const message: StoredMessage = {
      id: snowflake(),
      channel,
      content: String(call.body['content']),
      components: call.body['components'] as StoredMessage['components'],
      nonce,
      files: call.files,
      edits: 0,
    };
    this.messages.push(message);
    return { status: 200, body: shown(message) };
  }

  private edit(call: DiscordCall, id: string): Answer {
    const refused = this.refused(call);
    if (refused !== null) return refused;
    const message = this.messages.find((one) => one.id === id);
    if (message === undefined) return refusal(404, 10_008, 'Unknown Message');
    message.content = String(call.body['content']);
    message.components = call.body['components'] as StoredMessage['components'];
    if (call.body['attachments'] !== undefined) message.files = call.files;
    message.edits += 1;
    return { status: 200, body: shown(message) };
  }

  /** Refuses what Discord would refuse and what we never want; the test then fails by the response. */
  private refused({ body }: DiscordCall): Answer | null {
    const content = String(body['content']);
    const mentions = JSON.stringify(body['allowed_mentions']);
    const isWrong = content.length > 2000 || content.trim() === '' || String(body['nonce'] ?? '').length > 25;
    return isWrong || mentions !== '{"parse":[]}' ? refusal(400, 50_109, 'not as it should be') : null;
  }
}

/** The direct-message channel with one person. */
export function directChannel(user: string): string {
  return `5${user.slice(1)}`;
}

function shown({ id, channel, content }: StoredMessage): object {
  return { id, channel_id: channel, content };
}
