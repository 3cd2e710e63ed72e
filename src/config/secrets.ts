import { hkdfSync } from 'node:crypto';

/** Keys derived from SECRET (and, for reading only, from SECRET_PREVIOUS), one for each purpose. */
export class Secrets {
  /** @param masters the current secret first, then previous ones, newest first; at least one */
  constructor(private readonly masters: readonly [string, ...string[]]) {}

  /** @returns the 32-byte key that makes new tokens for `purpose` */
  current(purpose: string): Buffer {
    return derive(this.masters[0], purpose);
  }

  /** @returns the keys that may have made a token for `purpose`, the current one first */
  all(purpose: string): Buffer[] {
    return this.masters.map((master) => derive(master, purpose));
  }
}

function derive(master: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'image-job', purpose, 32));
}
