import packageInJavaScript from 'crc-32';
import { crc32 } from 'node:zlib';

/**
 * Makes archiver use Node's own checksums: its package computes them in JavaScript at a quarter of the speed,
 * which takes a fifth of the time for packing. Both give the same numbers, and if archiver stops using the
 * package, nothing changes.
 */
export function useNativeChecksums(): void {
  Object.assign(packageInJavaScript, { buf: nativeBuf });
}

/** The arguments and the result are those of the package: a signed number, continued from a signed one. */
function nativeBuf(data: number[] | Uint8Array, seed = 0): number {
  return crc32(Array.isArray(data) ? Uint8Array.from(data) : data, seed >>> 0) | 0;
}
