import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { FrameReader, type Message, PIPE, writeFrame } from './message-frames.js';

/** How a process for images is started, so that it has the pipe. */
export const STDIO = ['ignore', 'ignore', 'ignore', 'pipe'] as const;

/** Who is told what comes through a pipe. */
export interface PipeHandlers {
  onMessage(message: Message): void;
  /** It said what cannot be read, or has no more to say. May be called more than once. */
  onEnd(): void;
}

/** The service's end of the pipe to a process for images. */
export class ProcessPipe {
  /** Null where the machine has no more files or processes; an `error` of the process says so. */
  private readonly socket: Socket | null;
  private readonly reader: FrameReader;

  /** @param mostBytes of one message: a process that is out of its mind does not fill the service's memory */
  constructor(
    child: ChildProcess,
    mostBytes: number,
    private readonly handlers: PipeHandlers,
  ) {
    this.socket = socketOf(child);
    this.reader = new FrameReader(mostBytes);
    this.socket?.on('data', (chunk: Buffer) => this.hear(chunk));
    // A failure to send is told by the end that follows or caused it.
    this.socket?.on('error', () => undefined);
    // Not at the exit of the process: what it said before may be unread then.
    this.socket?.on('close', () => handlers.onEnd());
  }

  send(message: object): void {
    if (this.socket !== null) writeFrame(this.socket, message);
  }

  /** The service does not end while it is referenced. */
  ref(): void {
    this.socket?.ref();
  }

  unref(): void {
    this.socket?.unref();
  }

  private hear(chunk: Buffer): void {
    let messages: Message[];
    try {
      messages = [...this.reader.read(chunk)];
    } catch {
      return this.handlers.onEnd();
    }
    for (const message of messages) this.handlers.onMessage(message);
  }
}

function socketOf({ stdio }: ChildProcess): Socket | null {
  const pipe: unknown = Array.isArray(stdio) ? stdio[PIPE] : null;
  return pipe instanceof Socket ? pipe : null;
}
