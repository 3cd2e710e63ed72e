/** One candidate's claim on a file's bytes. */
export interface ByteClaim {
  /** Says what came of it: true where the bytes need no second look, whoever brings them. */
  settle(isKnown: boolean): void;
}

/** Sees to it that the same bytes are looked at once, by whichever candidate brings them first. */
export class ByteClaims {
  private readonly underWay = new Map<string, Promise<boolean>>();

  /** @returns null where the bytes are known; one that is being looked at is waited for */
  async claim(sha256: string): Promise<ByteClaim | null> {
    for (let before = this.underWay.get(sha256); before !== undefined; before = this.underWay.get(sha256)) {
      if (await before) return null;
      if (this.underWay.get(sha256) === before) this.underWay.delete(sha256);
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.underWay.set(sha256, promise);
    return { settle: resolve };
  }

  /** Counts bytes as known. */
  add(sha256: string): void {
    this.underWay.set(sha256, Promise.resolve(true));
  }
}
