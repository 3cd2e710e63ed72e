import { hkdfSync } from 'node:crypto';

/** Keys derived from SECRET (and, for reading only, from SECRET_PREVIOUS), one for each purpose. */
export class Secrets {
  /** Cached by purpose: deriving a key takes longer than most uses of it. */
  private readonly derived = new Map<string, readonly [Buffer, ...Buffer[]]>();

  /** @param masters the current secret first, then previous ones, newest first; at least one */
  constructor(private readonly masters: readonly [string, ...string[]]) {}

  /** @returns the 32-byte key that makes new tokens for `purpose` */
  current(purpose: string): Buffer {
    return this.all(purpose)[0];
  }

  /** @returns the keys that may have made a token for `purpose`, the current one first */
  all(purpose: string): readonly [Buffer, ...Buffer[]] {
    const known = this.derived.get(purpose);
    if (known !== undefined) return known;
    const [current, ...previous] = this.masters;
    const keys = [derive(current, purpose), ...previous.map((master) => derive(master, purpose))] as const;
    this.derived.set(purpose, keys);
    return keys;
  }
}

function derive(master: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'image-job', purpose, 32));
}
