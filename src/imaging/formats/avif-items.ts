import { BoxReader, boxAt, boxesWithin, type IsoBox } from './iso-boxes.ts';

/** A property of an item, such as its size. */
export interface AvifProperty extends IsoBox {
  /** Whether readers that do not know the property must not show the item. */
  readonly isEssential: boolean;
}

/** A picture, or a part of one, in an AVIF file. */
export interface AvifItem {
  readonly id: number;
  /** `av01` for a coded picture, `grid` for one composed of others. */
  readonly type: string;
  readonly properties: readonly AvifProperty[];
  /** Whether it is a smaller copy of another item. */
  readonly isThumbnail: boolean;
}

interface Reference {
  readonly from: number;
  readonly to: readonly number[];
}

/** The content of the `meta` box of an AVIF file. */
export interface AvifMeta {
  readonly primaryId: number | null;
  readonly items: readonly AvifItem[];
  /** Whether an item is composed in more than one way, or uses the same item twice. */
  readonly isAmbiguous: boolean;
}

/**
 * Reads the items of an AVIF file.
 * @param boxes of the whole file
 * @returns null if it has none
 * @throws RangeError if boxes end early
 * @see https://aomediacodec.github.io/av1-avif/ and ISO/IEC 23008-12
 */
export function readAvifMeta(file: Buffer, boxes: readonly IsoBox[]): AvifMeta | null {
  const meta = boxAt(file, boxes, 'meta');
  if (meta === null) return null;
  const parts = boxesWithin(file, meta, 4);
  const reader = (type: string): BoxReader | null => {
    const box = boxAt(file, parts, type);
    return box === null ? null : new BoxReader(file, box);
  };
  const known = propertiesIn(file, parts);
  const thumbnails = new Set(references(file, parts, 'thmb').map(({ from }) => from));
  const composed = references(file, parts, 'dimg');
  const infos = boxAt(file, parts, 'iinf');
  return {
    primaryId: versioned(reader('pitm')),
    items: (infos === null ? [] : itemsIn(file, infos)).map(({ id, type }) => ({
      id,
      type,
      properties: known.get(id) ?? [],
      isThumbnail: thumbnails.has(id),
    })),
    isAmbiguous: hasTwice(composed.map(({ from }) => from)) || composed.some(({ to }) => hasTwice(to)),
  };
}

/** An id of 16 bits, or of 32 in later versions of a box. */
function versioned(box: BoxReader | null): number | null {
  if (box === null) return null;
  const version = box.readUint(1);
  box.readUint(3);
  return box.readUint(version === 0 ? 2 : 4);
}

function itemsIn(file: Buffer, infos: IsoBox): { readonly id: number; readonly type: string }[] {
  const headBytes = file[infos.content] === 0 ? 6 : 8;
  return boxesWithin(file, infos, headBytes).map((info) => {
    const box = new BoxReader(file, info);
    const version = box.readUint(1);
    box.readUint(3);
    const id = box.readUint(version === 3 ? 4 : 2);
    box.readUint(2);
    return { id, type: version < 2 ? '' : box.takeType() };
  });
}

/** The properties of every item. */
function propertiesIn(file: Buffer, parts: readonly IsoBox[]): Map<number, AvifProperty[]> {
  const found = new Map<number, AvifProperty[]>();
  const [all, lists] = [boxAt(file, parts, 'iprp', 'ipco'), boxAt(file, parts, 'iprp')];
  if (all === null || lists === null) return found;
  const boxes = boxesWithin(file, all);
  for (const list of boxesWithin(file, lists).filter(({ type }) => type === 'ipma')) {
    const box = new BoxReader(file, list);
    const version = box.readUint(1);
    const isWide = (box.readUint(3) & 1) === 1;
    for (let left = box.readUint(4); left > 0; left -= 1) {
      const id = box.readUint(version === 0 ? 2 : 4);
      const links = Array.from({ length: box.readUint(1) }, () => box.readUint(isWide ? 2 : 1));
      found.set(
        id,
        links.flatMap((link) => propertyOf(link, isWide ? 15 : 7, boxes)),
      );
    }
  }
  return found;
}

/** A link is the number of a property, from 1, with the essential bit above it. */
function propertyOf(link: number, essentialBit: number, boxes: readonly IsoBox[]): AvifProperty[] {
  const isEssential = link >> essentialBit === 1;
  const box = boxes[(link & ((1 << essentialBit) - 1)) - 1];
  return box === undefined ? [] : [{ ...box, isEssential }];
}

/** References of one kind between items. */
function references(file: Buffer, parts: readonly IsoBox[], way: string): Reference[] {
  const all = boxAt(file, parts, 'iref');
  if (all === null) return [];
  const idBytes = file[all.content] === 0 ? 2 : 4;
  const lists = boxesWithin(file, all, 4).filter(({ type }) => type === way);
  return lists.map((list) => {
    const box = new BoxReader(file, list);
    const from = box.readUint(idBytes);
    return { from, to: Array.from({ length: box.readUint(2) }, () => box.readUint(idBytes)) };
  });
}

function hasTwice(ids: readonly number[]): boolean {
  return new Set(ids).size < ids.length;
}
