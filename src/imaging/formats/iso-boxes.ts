/** Far more than pictures need; a file may hold millions that say nothing. */
const MOST_BOXES = 10_000;

/** A box of the ISO base media file format, of which AVIF files are made. */
export interface IsoBox {
  readonly type: string;
  /** The box with its head, and where what is in it begins. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/**
 * The boxes one after the other in a part of a file. The last one may end behind the part.
 * @throws RangeError for more than make sense
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

/** What is in a box that holds boxes. @param headBytes of its own before them */
export function boxesWithin(file: Buffer, { content, end }: IsoBox, headBytes = 0): IsoBox[] {
  return [...boxesIn(file, content + headBytes, Math.min(end, file.length))];
}

/** The box that a path of types leads to, the first of each; null where there is none. */
export function boxAt(file: Buffer, boxes: readonly IsoBox[], ...path: string[]): IsoBox | null {
  const [type, ...rest] = path;
  const box = boxes.find((one) => one.type === type) ?? null;
  return box === null || rest.length === 0 ? box : boxAt(file, boxesWithin(file, box), ...rest);
}

/** Reads the whole numbers of a box one after the other. @throws RangeError behind its end */
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
