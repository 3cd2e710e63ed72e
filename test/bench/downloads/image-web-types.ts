/** One address of the image web and what is really behind it. */
export interface WebAddress {
  readonly url: string;
  readonly latencyMs: number;
  /** 0 for a dead one. */
  readonly bytes: number;
  readonly isGood: boolean;
  /** Lower-case hex digest of the file. */
  readonly sha256?: string;
  /** Digest of the file it shows the same picture as; null: it is no whole picture. */
  readonly picture?: string | null;
}

/** What the image web's process tells its parent. */
export interface ImageWeb {
  readonly addresses: readonly WebAddress[];
  readonly hosts: readonly string[];
}
