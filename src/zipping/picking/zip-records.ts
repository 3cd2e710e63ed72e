import {
  COUNT_IN_64_BITS,
  type DirectoryRecord,
  END64_BYTES,
  END64_SIGNATURE,
  END_BYTES,
  END_SIGNATURE,
  EXTRA64_ID,
  extraFields,
  IN_64_BITS,
  LOCATOR_BYTES,
  LOCATOR_SIGNATURE,
  RECORD_BYTES,
} from '../reading/zip-directory.js';

/** The version that readers need for 64-bit numbers, 4.5. */
const VERSION_64 = 45;

/**
 * A record of the central directory for a file that lies at another offset.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.12, 4.5.3
 */
export function movedRecord({ raw, bytes, packedBytes }: DirectoryRecord, offset: number): Buffer {
  const extraAt = RECORD_BYTES + raw.readUInt16LE(28);
  const extraEnd = extraAt + raw.readUInt16LE(30);
  const numbers = [
    { field: 24, value: bytes },
    { field: 20, value: packedBytes },
    { field: 42, value: offset },
  ];
  const others = extraFields(raw.subarray(extraAt, extraEnd)).filter(({ id }) => id !== EXTRA64_ID);
  const large = numbers.filter(({ value }) => value >= IN_64_BITS).map(({ value }) => value);
  const extra = Buffer.concat([extra64(large), ...others.map((field) => field.raw)]);
  const head = Buffer.from(raw.subarray(0, RECORD_BYTES));
  for (const { field, value } of numbers) head.writeUInt32LE(Math.min(value, IN_64_BITS), field);
  head.writeUInt16LE(extra.length, 30);
  if (large.length > 0) head.writeUInt16LE(VERSION_64, 6);
  return Buffer.concat([head, raw.subarray(RECORD_BYTES, extraAt), extra, raw.subarray(extraEnd)]);
}

function extra64(values: readonly number[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(EXTRA64_ID, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
}

/** The end of a zip, with its 64-bit form if a number needs it. @param start where the directory begins */
export function zipEnd(count: number, directoryBytes: number, start: number): Buffer {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(Math.min(count, COUNT_IN_64_BITS), 8);
  end.writeUInt16LE(Math.min(count, COUNT_IN_64_BITS), 10);
  end.writeUInt32LE(Math.min(directoryBytes, IN_64_BITS), 12);
  end.writeUInt32LE(Math.min(start, IN_64_BITS), 16);
  const is64 = count >= COUNT_IN_64_BITS || directoryBytes >= IN_64_BITS || start >= IN_64_BITS;
  return is64 ? Buffer.concat([end64(count, directoryBytes, start), end]) : end;
}

function end64(count: number, directoryBytes: number, start: number): Buffer {
  const end = Buffer.alloc(END64_BYTES + LOCATOR_BYTES);
  end.writeUInt32LE(END64_SIGNATURE, 0);
  end.writeBigUInt64LE(BigInt(END64_BYTES - 12), 4);
  end.writeUInt16LE(VERSION_64, 12);
  end.writeUInt16LE(VERSION_64, 14);
  for (const [at, value] of [
    [24, count],
    [32, count],
    [40, directoryBytes],
    [48, start],
  ] as const)
    end.writeBigUInt64LE(BigInt(value), at);
  end.writeUInt32LE(LOCATOR_SIGNATURE, END64_BYTES);
  end.writeBigUInt64LE(BigInt(start + directoryBytes), END64_BYTES + 8);
  end.writeUInt32LE(1, END64_BYTES + 16);
  return end;
}
