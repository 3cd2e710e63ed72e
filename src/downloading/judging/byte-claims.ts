/** One candidate's claim on a file's bytes. */
export interface ByteClaim {
  /** Ends the claim. @param isKnown whether the same bytes need no second check, for any candidate */
  settle(isKnown: boolean): void;
}

/** Makes candidates with the same bytes wait for each other, so that the bytes are checked once. */
export class ByteClaims {
  private readonly underWay = new Map<string, Promise<boolean>>();

  /** @returns null if the bytes are known; waits while they are being checked */
  async claim(sha256: string): Promise<ByteClaim | null> {
    for (let before = this.underWay.get(sha256); before !== undefined; before = this.underWay.get(sha256)) {
      if (await before) return null;
      if (this.underWay.get(sha256) === before) this.underWay.delete(sha256);
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.underWay.set(sha256, promise);
    return { settle: resolve };
  }

  /** Marks bytes as known. */
  add(sha256: string): void {
    this.underWay.set(sha256, Promise.resolve(true));
  }
}
