import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { FrameReader, type Message, PIPE, writeFrame } from './message-frames.js';

/** The files of a child process for images, with its pipe. */
export const STDIO = ['ignore', 'ignore', 'ignore', 'pipe'] as const;

/** Handlers of one pipe. */
export interface PipeHandlers {
  onMessage(message: Message): void;
  /** The process sent invalid data or closed its end. May be called more than once. */
  onEnd(): void;
}

/** The service's end of the pipe to a process for images. */
export class ProcessPipe {
  /** Null if the machine has no more files or processes; the process then emits `error`. */
  private readonly socket: Socket | null;
  private readonly reader: FrameReader;

  /** @param mostBytes of one message, so that a broken process does not fill the service's memory */
  constructor(
    child: ChildProcess,
    mostBytes: number,
    private readonly handlers: PipeHandlers,
  ) {
    this.socket = socketOf(child);
    this.reader = new FrameReader(mostBytes);
    this.socket?.on('data', (chunk: Buffer) => this.hear(chunk));
    // The end of the pipe, which follows or caused the failure, reports it.
    this.socket?.on('error', () => undefined);
    // Wait for the pipe, not for the exit of the process: its last messages may still be unread at the exit.
    this.socket?.on('close', () => handlers.onEnd());
  }

  send(message: object): void {
    if (this.socket !== null) writeFrame(this.socket, message);
  }

  /** Keeps the service alive. */
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
