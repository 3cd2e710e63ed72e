const BATCH_BYTES = 2 * 2 ** 20;
/** Synced to the disk after this many bytes, so that the final sync is short. */
const SYNC_BYTES = 16 * 2 ** 20;
/** Smaller pieces are not worth freeing one by one. */
const LARGE_PIECE_BYTES = 2 ** 14;

/** The part of a FileHandle that the writer uses. */
export interface BatchedFile {
  writev(pieces: readonly Buffer[]): Promise<{ readonly bytesWritten: number }>;
  datasync(): Promise<void>;
}

/**
 * Writes pieces to a file in large batches; gathers the next batch while one is being written. The writer
 * takes over the pieces: after a write, it frees and empties those that do not share their memory.
 */
export class BatchedWriter {
  private batch: Buffer[] = [];
  private batchBytes = 0;
  private unsyncedBytes = 0;
  private writing: Promise<void> = Promise.resolve();
  private syncing: Promise<void> = Promise.resolve();

  constructor(private readonly file: BatchedFile) {}

  /** Adds a piece; waits while the last batch is still being written. @throws the error of the file system */
  async write(piece: Buffer): Promise<void> {
    this.batch.push(piece);
    this.batchBytes += piece.length;
    if (this.batchBytes >= BATCH_BYTES) await this.beginBatch();
  }

  /** Writes the remaining pieces. @throws the error of the file system */
  async finish(): Promise<void> {
    await this.beginBatch();
    await this.writing;
    await this.syncing;
  }

  /** Waits until all writes have ended, successfully or not. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.writing, this.syncing]);
  }

  private async beginBatch(): Promise<void> {
    await this.writing;
    this.writing = begun(this.writeBatch(this.batch, this.batchBytes));
    this.batch = [];
    this.batchBytes = 0;
  }

  private async writeBatch(batch: readonly Buffer[], bytes: number): Promise<void> {
    await writeAll(this.file, batch);
    for (const piece of batch) giveBack(piece);
    this.unsyncedBytes += bytes;
    if (this.unsyncedBytes < SYNC_BYTES) return;
    await this.syncing;
    this.unsyncedBytes = 0;
    this.syncing = begun(this.file.datasync());
  }
}

/** Marks the rejection of a promise that is awaited later as handled. */
function begun(work: Promise<void>): Promise<void> {
  work.catch(() => null);
  return work;
}

/** Repeats partial writes: an almost full disk writes a part, and the next attempt throws the reason. */
async function writeAll(file: BatchedFile, pieces: readonly Buffer[]): Promise<void> {
  let rest = pieces.filter(({ length }) => length > 0);
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest);
    rest = without(rest, bytesWritten);
  }
}

/**
 * Frees memory at once, because waiting for the garbage collector would make a large job grow or keep it
 * busy.
 */
function giveBack({ buffer, length }: Buffer): void {
  if (length >= LARGE_PIECE_BYTES && length === buffer.byteLength && 'transfer' in buffer) buffer.transfer(0);
}

function without(pieces: readonly Buffer[], written: number): Buffer[] {
  let skipped = written;
  return pieces.flatMap((piece) => {
    const cut = Math.min(skipped, piece.length);
    skipped -= cut;
    return cut < piece.length ? [piece.subarray(cut)] : [];
  });
}
