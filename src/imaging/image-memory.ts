interface Waiting {
  readonly bytes: number;
  readonly start: () => void;
}

/**
 * Limits the memory of large images while they are decoded or encoded, in all child processes together. Each
 * image leases its memory; if there is not enough, it waits for the images before it.
 */
export class ImageMemory {
  private freeBytes: number;
  private waiting: Waiting[] = [];

  /** @param totalBytes maximum of all leases together */
  constructor(readonly totalBytes: number) {
    this.freeBytes = totalBytes;
  }

  /**
   * Waits for memory, in the order of the calls.
   * @param bytes at most `totalBytes`: more would never fit
   * @returns a lease; dispose of it to give the memory back
   * @throws the signal's reason
   */
  async lease(bytes: number, signal: AbortSignal): Promise<Disposable> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { bytes, start: resolve };
    const giveUp = (): void => {
      this.waiting = this.waiting.filter((one) => one !== waiting);
      this.startThoseThatFit();
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.waiting.push(waiting);
    this.startThoseThatFit();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
    return this.leased(bytes);
  }

  private startThoseThatFit(): void {
    for (;;) {
      const [first] = this.waiting;
      if (first === undefined || first.bytes > this.freeBytes) return;
      this.waiting.shift();
      this.freeBytes -= first.bytes;
      first.start();
    }
  }

  private leased(bytes: number): Disposable {
    let isLeased = true;
    return {
      [Symbol.dispose]: () => {
        if (isLeased) this.freeBytes += bytes;
        isLeased = false;
        this.startThoseThatFit();
      },
    };
  }
}
