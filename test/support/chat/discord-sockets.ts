import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** Gateway opcodes. @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway */
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  ack: 11,
} as const;
const AUTHENTICATION_FAILED = 4004;

interface Payload {
  readonly op: number;
  readonly d: Readonly<Record<string, unknown>>;
}

interface Session {
  readonly id: string;
  readonly events: { readonly t: string; readonly d: object; readonly s: number }[];
  link: WebSocket | null;
}

/** Start options of the gateway. */
export interface GatewayOptions {
  readonly token: string;
  readonly applicationId: string;
  readonly url: () => string;
}

/** The gateway of a small Discord: resumable sessions, heartbeats, and ways to disturb them. */
export class DiscordSockets {
  readonly open = new Set<WebSocket>();
  identified = 0;
  resumed = 0;
  heartbeats = 0;
  heartbeatIntervalMs = 41_250;
  /** Whether heartbeats are acknowledged. */
  acknowledges = true;
  /** Whether resumed sessions are accepted. */
  knowsSessions = true;
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly sessions: Session[] = [];

  private readonly options: GatewayOptions;

  constructor(options: GatewayOptions) {
    this.options = options;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (link) => {
      this.open.add(link);
      link.on('close', () => this.open.delete(link));
      link.on('message', (data) => this.take(link, JSON.parse(String(data)) as Payload));
      send(link, { op: OP.hello, d: { heartbeat_interval: this.heartbeatIntervalMs } });
    });
  }

  /** Sends an event to the newest session, or keeps it until that session is resumed. */
  dispatch(t: string, d: object): void {
    const session = this.sessions.at(-1);
    if (session === undefined) throw new Error('nobody has identified');
    const event = { t, d, s: session.events.length + 2 };
    session.events.push(event);
    if (session.link?.readyState === 1) send(session.link, { op: OP.dispatch, ...event });
  }

  /** Asks clients to reconnect, as Discord does every few hours. */
  askToReconnect(): void {
    for (const link of this.open) send(link, { op: OP.reconnect, d: null });
  }

  /** Invalidates all sessions. */
  invalidate(isResumable: boolean): void {
    for (const link of this.open) send(link, { op: OP.invalidSession, d: isResumable });
  }

  /** Closes every connection. @param code close code; null cuts the connection without one */
  drop(code: number | null = null): void {
    for (const link of this.open)
      if (code === null) link.terminate();
      else link.close(code);
  }

  closeAll(): void {
    this.drop();
    this.server.close();
  }

  private take(link: WebSocket, { op, d }: Payload): void {
    if (op === OP.identify) this.identify(link, d);
    if (op === OP.resume) this.resume(link, d);
    if (op !== OP.heartbeat) return;
    this.heartbeats += 1;
    if (this.acknowledges) send(link, { op: OP.ack, d: null });
  }

  private identify(link: WebSocket, { token }: Payload['d']): void {
    if (token !== this.options.token) return link.close(AUTHENTICATION_FAILED);
    this.identified += 1;
    const session: Session = { id: randomUUID(), events: [], link };
    this.sessions.push(session);
    const { applicationId, url } = this.options;
    const ready = {
      v: 10,
      user: { id: applicationId, username: 'image-job', discriminator: '0', avatar: null, bot: true },
      guilds: [],
      session_id: session.id,
      resume_gateway_url: url(),
      application: { id: applicationId, flags: 0 },
    };
    send(link, { op: OP.dispatch, t: 'READY', s: 1, d: ready });
  }

  private resume(link: WebSocket, { session_id: id, seq }: Payload['d']): void {
    const session = this.sessions.find((one) => one.id === id);
    if (session === undefined || !this.knowsSessions) return send(link, { op: OP.invalidSession, d: false });
    this.resumed += 1;
    session.link = link;
    for (const event of session.events.filter(({ s }) => s > Number(seq)))
      send(link, { op: OP.dispatch, ...event });
    send(link, { op: OP.dispatch, t: 'RESUMED', s: session.events.length + 1, d: {} });
  }
}

function send(link: WebSocket, payload: object): void {
  link.send(JSON.stringify(payload));
}
