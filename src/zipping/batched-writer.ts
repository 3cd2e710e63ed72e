const BATCH_BYTES = 2 * 2 ** 20;
/** Synced to the disk in between, so that little is left for the end. */
const SYNC_BYTES = 16 * 2 ** 20;
/** Smaller buffers are not worth freeing one by one. */
const LARGE_PIECE_BYTES = 2 ** 14;

/** The methods of a FileHandle that are used. */
export interface BatchedFile {
  writev(pieces: readonly Buffer[]): Promise<{ readonly bytesWritten: number }>;
  datasync(): Promise<void>;
}

/**
 * Writes buffers to a file in large batches; one batch is written while the next is gathered. Buffers that
 * own their memory are freed, and empty, once they are written.
 */
export class BatchedWriter {
  private batch: Buffer[] = [];
  private batchBytes = 0;
  private unsyncedBytes = 0;
  private writing: Promise<void> = Promise.resolve();
  private syncing: Promise<void> = Promise.resolve();

  constructor(private readonly file: BatchedFile) {}

  /** Adds a buffer; waits while the last batch is still being written. @throws the file system's error */
  async write(piece: Buffer): Promise<void> {
    this.batch.push(piece);
    this.batchBytes += piece.length;
    if (this.batchBytes >= BATCH_BYTES) await this.beginBatch();
  }

  /** Writes the rest. @throws the file system's error */
  async finish(): Promise<void> {
    await this.beginBatch();
    await this.writing;
    await this.syncing;
  }

  /** Waits until writing has stopped, whether it succeeded or not. */
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

/** Awaited later; until then a failure must not count as an unhandled rejection. */
function begun(work: Promise<void>): Promise<void> {
  work.catch(() => null);
  return work;
}

/** A nearly full disk may take a part; the next try then throws the reason. */
async function writeAll(file: BatchedFile, pieces: readonly Buffer[]): Promise<void> {
  let rest = pieces.filter(({ length }) => length > 0);
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest);
    rest = without(rest, bytesWritten);
  }
}

/**
 * Free memory without waiting for the garbage collector: it would let a large job grow, or be kept busy by
 * it.
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
