/** One address of the image web and the truth about its file. */
export interface WebAddress {
  readonly url: string;
  readonly latencyMs: number;
  /** 0 for a dead address. */
  readonly bytes: number;
  readonly isGood: boolean;
  /** Lower-case hex digest of the file. */
  readonly sha256?: string;
  /** Digest of the file that shows the same picture; null: not a whole picture. */
  readonly picture?: string | null;
}

/** The message of the image web's process to its parent. */
export interface ImageWeb {
  readonly addresses: readonly WebAddress[];
  readonly hosts: readonly string[];
}
