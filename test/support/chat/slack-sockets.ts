import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** An acknowledged envelope and the time of its acknowledgement. */
export interface SocketAck {
  readonly envelope_id: string;
  readonly payload?: unknown;
  readonly atMs: number;
}

/** The Socket Mode side of a small Slack. */
export class SlackSockets {
  readonly acks: SocketAck[] = [];
  readonly open = new Set<WebSocket>();
  private readonly server = new WebSocketServer({ noServer: true });
  private sent = 0;

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (link) => {
      this.open.add(link);
      link.on('close', () => this.open.delete(link));
      link.on('message', (data) => {
        const ack = JSON.parse(String(data)) as Omit<SocketAck, 'atMs'>;
        this.acks.push({ ...ack, atMs: performance.now() });
      });
      link.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    });
  }

  /** Sends a payload on the newest connection. @returns the envelope's id */
  send(type: 'slash_commands' | 'interactive', payload: object): string {
    this.sent += 1;
    const envelope = `envelope-${this.sent}`;
    const link = [...this.open].at(-1);
    if (link === undefined) throw new Error('nobody is connected');
    link.send(JSON.stringify({ type, envelope_id: envelope, payload, accepts_response_payload: true }));
    return envelope;
  }

  /** Asks clients to open a new connection, as Slack does every few hours. */
  recycle(): void {
    for (const link of this.open)
      link.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
  }

  closeAll(): void {
    for (const link of this.open) link.terminate();
    this.server.close();
  }
}
