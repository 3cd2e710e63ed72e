import { Socket } from 'node:net';
import { FrameReader, PIPE, writeFrame } from './message-frames.ts';

const pipe = new Socket({ fd: PIPE, readable: true, writable: true });
// The parent does not read the exit code, and `process.exit` can wait for V8's threads for ever.
const end = (): boolean => process.kill(process.pid, 'SIGKILL');
pipe.on('error', end);
pipe.on('close', end);

/** Sends a message to the parent. */
export function tellParent(message: object): void {
  writeFrame(pipe, message);
}

/** Calls `hear` with every message of the parent, which is trusted. The process ends when its parent does. */
export function hearParent<Told>(hear: (message: Told) => void): void {
  const reader = new FrameReader<Told>(Infinity);
  pipe.on('data', (chunk: Buffer) => {
    for (const message of reader.read(chunk)) hear(message);
  });
}
