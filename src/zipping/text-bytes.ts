import { setImmediate as nextTurn } from 'node:timers/promises';

/** Other work waits at most a little longer than this. */
const TURN_MS = 8;
/** Enough that joining costs nothing, in UTF-16 units. */
const BATCH_LENGTH = 2 ** 16;

/** Makes the UTF-8 bytes of a long text, and lets others work in between. @param parts of the text, in order */
export async function bytesInTurns(parts: Iterable<string>): Promise<Buffer> {
  const batches: Buffer[] = [];
  let batch = '';
  let endsAt = 0;
  for (const part of parts) {
    batch += part;
    if (performance.now() > endsAt) {
      await nextTurn();
      endsAt = performance.now() + TURN_MS;
    }
    if (batch.length < BATCH_LENGTH) continue;
    batches.push(Buffer.from(batch));
    batch = '';
  }
  return Buffer.concat([...batches, Buffer.from(batch)]);
}
