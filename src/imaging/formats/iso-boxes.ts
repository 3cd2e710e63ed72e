/** Far more than pictures need; a hostile file may hold millions. */
const MOST_BOXES = 10_000;

/** A box of the ISO base media file format, the container of AVIF files. */
export interface IsoBox {
  readonly type: string;
  /** The start of the box with its header, and the start of its content. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/**
 * The consecutive boxes in a part of a file. The last one may end after the part.
 * @throws RangeError if there are too many
 * @see https://www.iso.org/standard/83102.html (ISO/IEC 14496-12, 4.2)
 */
export function* boxesIn(file: Buffer, from: number, to: number): Generator<IsoBox, void, void> {
  let count = 0;
  for (let start = from; start + 8 <= to;) {
    if ((count += 1) > MOST_BOXES) throw new RangeError('too many boxes');
    const length = file.readUInt32BE(start);
    const isLong = length === 1 && start + 16 <= to;
    const bytes = isLong ? Number(file.readBigUInt64BE(start + 8)) : length;
    const content = start + (isLong ? 16 : 8);
    const end = length === 0 ? to : start + bytes;
    if (end < content) return;
    yield { type: file.toString('latin1', start + 4, start + 8), start, content, end };
    start = end;
  }
}

/** The boxes in a box. @param headBytes of the box before them */
export function boxesWithin(file: Buffer, { content, end }: IsoBox, headBytes = 0): IsoBox[] {
  return [...boxesIn(file, content + headBytes, Math.min(end, file.length))];
}

/** The box at a path of types, the first of each; null if there is none. */
export function boxAt(file: Buffer, boxes: readonly IsoBox[], ...path: string[]): IsoBox | null {
  const [type, ...rest] = path;
  const box = boxes.find((one) => one.type === type) ?? null;
  return box === null || rest.length === 0 ? box : boxAt(file, boxesWithin(file, box), ...rest);
}

/** Reads the numbers of a box one after the other. @throws RangeError after its end */
export class BoxReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(file: Buffer, { content, end }: IsoBox) {
    this.bytes = file.subarray(content, end);
  }

  /** The next number. @param bytes of it, 1 to 4 */
  readUint(bytes: number): number {
    this.at += bytes;
    return this.bytes.readUIntBE(this.at - bytes, bytes);
  }

  /** The next four bytes as text. */
  takeType(): string {
    this.at += 4;
    return this.bytes.toString('latin1', this.at - 4, this.at);
  }
}
