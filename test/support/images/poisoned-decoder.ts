// The real decoder comes first: once it is ready, it and the misdeeds below hear every message together. Nothing is
// answered before the decoder has said that it is ready, and a misdeed needs no file, so it comes before an answer.
import '../../../src/imaging/decoding/decode-child.ts';
import { writeSync } from 'node:fs';
import { PIPE } from '../../../src/imaging/child-process/message-frames.ts';
import { hearParent, tellParent } from '../../../src/imaging/child-process/parent-pipe.ts';

/** Misbehaviour by file name; for all other files this is the real decoder. */
const misdeeds: Readonly<Record<string, (id: number) => void>> = {
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  hang: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  babble: () => tellParent({ kind: 'done', id: 'no number', width: -1 }),
  garble: () => void writeSync(PIPE, Buffer.alloc(4096, 0xff)),
  shorten: () => void writeSync(PIPE, Buffer.from('\0\0\0\u0002\0\0\0\0{}', 'latin1')),
  pid: (id) => tellParent({ kind: 'refused', id, message: `pid ${process.pid}` }),
  environment: (id) => tellParent({ kind: 'refused', id, message: Object.keys(process.env).join(' ') }),
};

hearParent(({ id, path = '' }: { readonly id: number; readonly path?: string }) => {
  misdeeds[path.replace(/^.*\/(\w+)\.poison$/, '$1')]?.(id);
});
