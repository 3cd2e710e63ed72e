const BATCH_BYTES = 2 * 2 ** 20;
/** Handed to the disk itself in between, so that little is left to wait for at the end. */
const SYNC_BYTES = 16 * 2 ** 20;
/** Smaller pieces are not worth the trouble of giving them back one by one. */
const LARGE_PIECE_BYTES = 2 ** 14;

/** What is needed of a FileHandle. */
export interface BatchedFile {
  writev(pieces: readonly Buffer[]): Promise<{ readonly bytesWritten: number }>;
  datasync(): Promise<void>;
}

/**
 * Writes pieces to a file in large batches, one being written while the next is gathered. The pieces are its own:
 * those that have memory to themselves give it back, and are empty, when they are written.
 */
export class BatchedWriter {
  private batch: Buffer[] = [];
  private batchBytes = 0;
  private unsyncedBytes = 0;
  private writing: Promise<void> = Promise.resolve();
  private syncing: Promise<void> = Promise.resolve();

  constructor(private readonly file: BatchedFile) {}

  /** Takes a piece; waits while the last batch is still being written. @throws the file system's error */
  async write(piece: Buffer): Promise<void> {
    this.batch.push(piece);
    this.batchBytes += piece.length;
    if (this.batchBytes >= BATCH_BYTES) await this.beginBatch();
  }

  /** Writes what is left. @throws the file system's error */
  async finish(): Promise<void> {
    await this.beginBatch();
    await this.writing;
    await this.syncing;
  }

  /** Waits until nothing is being written any more, whatever became of it. */
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

/** Awaited later; until then a failure must not count as one that nobody looks at. */
function begun(work: Promise<void>): Promise<void> {
  work.catch(() => null);
  return work;
}

/** A disk that is almost full takes a part; the next try then says what is wrong. */
async function writeAll(file: BatchedFile, pieces: readonly Buffer[]): Promise<void> {
  let rest = pieces.filter(({ length }) => length > 0);
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest);
    rest = without(rest, bytesWritten);
  }
}

/** Without waiting for the garbage collector: a large job would grow by what it has not found, or keep it busy. */
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
