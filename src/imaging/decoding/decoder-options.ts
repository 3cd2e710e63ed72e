import { availableParallelism } from 'node:os';

/** How images are decoded on this machine. */
export interface DecoderOptions {
  /** Images decoded side by side. */
  readonly atATime: number;
  /** The process ends after so long without work, so that an idle service is small. */
  readonly idleMs: number;
  readonly decodeDeadlineMs: number;
  /** Another script than the decoder's own, for tests. */
  readonly script?: string;
}

/** The threads of libuv's pool in the decoder's process. */
const MAX_AT_A_TIME = 4;
const IDLE_MS = 10_000;
const DECODE_DEADLINE_MS = 30_000;

/** What this machine is served best with. */
export function decoderOptions(): DecoderOptions {
  // One more than there are cores: it waits in the process, which else would wait for the next to be sent.
  const atATime = Math.min(availableParallelism() + 1, MAX_AT_A_TIME);
  return { atATime, idleMs: IDLE_MS, decodeDeadlineMs: DECODE_DEADLINE_MS };
}
