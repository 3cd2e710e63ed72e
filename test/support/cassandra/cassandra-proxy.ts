import { connect, createServer, type Server, type Socket } from 'node:net';
import {
  casTimeout,
  type Frame,
  FrameReader,
  onStream,
  OPCODE,
  preparedId,
  preparedQuery,
} from './cassandra-frames.ts';

/** A stream id that the driver never reaches, because it counts from 0. */
const HELD_STREAM = 32_000;

/** A fault for the next request whose statement matches. */
export interface Fault {
  readonly statement: RegExp;
  /** Whether the server gets the request; `late`: only just before the next matching request. */
  readonly arrives: boolean | 'late';
  /** The client's response: a timeout error of the server, a closed connection, or none at all. */
  readonly answer: 'cas timeout' | 'closed' | 'silence';
  /** Called when the fault strikes, before the request is forwarded. */
  readonly onStrike?: () => void;
}

/** A proxy between a driver and a node that disturbs single requests. */
export class CassandraProxy {
  private readonly queries = new Map<string, string>();
  private readonly sockets = new Set<Socket>();
  private armed: Fault | null = null;
  private count = 0;
  private readonly server: Server;
  private readonly target: { host: string; port: number };

  private constructor(server: Server, target: { host: string; port: number }) {
    this.server = server;
    this.target = target;
    server.on('connection', (client) => this.relay(client));
  }

  /** Starts a proxy on a free port for a node given as `host:port`. */
  static start(contactPoint: string): Promise<CassandraProxy> {
    const [host = '127.0.0.1', port = '9042'] = contactPoint.split(':');
    const server = createServer();
    const proxy = new CassandraProxy(server, { host, port: Number(port) });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(proxy));
    });
  }

  get contactPoint(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `127.0.0.1:${address.port}`;
  }

  /** Disturbs the next matching request, once. */
  arm(fault: Fault): void {
    this.armed = fault;
  }

  /** Number of prepared statements and batches executed so far. */
  get requests(): number {
    return this.count;
  }

  /** Whether the armed fault has struck. */
  get hasStruck(): boolean {
    return this.armed === null;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private relay(client: Socket): void {
    const node = connect(this.target);
    const link = new Link(this.queries, (queries) => this.strike(queries), client, node);
    for (const socket of [client, node]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        node.destroy();
      });
    }
    client.on('data', (chunk) => link.fromClient(chunk));
    node.on('data', (chunk) => link.fromNode(chunk));
  }

  private strike(queries: readonly string[]): Fault | null {
    if (queries.length > 0) this.count += 1;
    const fault = this.armed;
    if (fault === null || !queries.some((query) => fault.statement.test(query))) return null;
    this.armed = null;
    fault.onStrike?.();
    return fault;
  }
}

/** A withheld request, and the later frames that must wait for its response. */
interface Held {
  readonly request: Frame;
  readonly statement: RegExp;
  readonly behind: Buffer[];
  isSent: boolean;
}

/** One relayed connection. */
class Link {
  private readonly requests = new FrameReader();
  private readonly answers = new FrameReader();
  private readonly preparing = new Map<number, string>();
  private readonly spoiled = new Map<number, Fault['answer']>();
  private held: Held | null = null;
  private readonly queries: Map<string, string>;
  private readonly strike: (queries: readonly string[]) => Fault | null;
  private readonly client: Socket;
  private readonly node: Socket;

  constructor(
    queries: Map<string, string>,
    strike: (queries: readonly string[]) => Fault | null,
    client: Socket,
    node: Socket,
  ) {
    this.queries = queries;
    this.strike = strike;
    this.client = client;
    this.node = node;
  }

  fromClient(chunk: Buffer): void {
    for (const frame of this.requests.push(chunk)) {
      if (frame.opcode === OPCODE.prepare) this.preparing.set(frame.stream, preparedQuery(frame));
      const queries = this.queriesOf(frame);
      this.sendHeldBefore(queries);
      const fault = this.strike(queries);
      if (fault === null) this.send(frame);
      else this.spoil(frame, fault);
    }
  }

  fromNode(chunk: Buffer): void {
    for (const frame of this.answers.push(chunk)) {
      this.learn(frame);
      const spoiled = this.spoiled.get(frame.stream);
      this.spoiled.delete(frame.stream);
      if (this.held?.isSent === true && frame.stream === HELD_STREAM) this.sendBehind(this.held);
      else if (spoiled === undefined) this.client.write(frame.bytes);
      else answer(spoiled, frame.stream, this.client);
    }
  }

  private send(frame: Frame): void {
    if (this.held?.isSent === true) this.held.behind.push(frame.bytes);
    else this.node.write(frame.bytes);
  }

  private spoil(frame: Frame, fault: Fault): void {
    if (fault.arrives === true) {
      this.spoiled.set(frame.stream, fault.answer);
      this.send(frame);
      return;
    }
    if (fault.arrives === 'late')
      this.held = { request: frame, statement: fault.statement, behind: [], isSent: false };
    answer(fault.answer, frame.stream, this.client);
  }

  private sendHeldBefore(queries: readonly string[]): void {
    const { held } = this;
    if (held === null || held.isSent || !queries.some((query) => held.statement.test(query))) return;
    held.isSent = true;
    // The driver has reused the request's stream id since.
    this.node.write(onStream(held.request, HELD_STREAM));
  }

  private sendBehind({ behind }: Held): void {
    this.held = null;
    for (const bytes of behind) this.node.write(bytes);
  }

  private learn(frame: Frame): void {
    const query = this.preparing.get(frame.stream);
    const id = query === undefined ? null : preparedId(frame);
    this.preparing.delete(frame.stream);
    if (query !== undefined && id !== null) this.queries.set(id, query);
  }

  private queriesOf({ opcode, body }: Frame): string[] {
    if (opcode !== OPCODE.execute && opcode !== OPCODE.batch) return [];
    const hex = body.toString('hex');
    return [...this.queries].filter(([id]) => hex.includes(id)).map(([, query]) => query);
  }
}

function answer(how: Fault['answer'], stream: number, client: Socket): void {
  if (how === 'cas timeout') client.write(casTimeout(stream));
  if (how === 'closed') client.destroy();
}
