import packageInJavaScript from 'crc-32';
import { crc32 } from 'node:zlib';

/**
 * Makes archiver take its checksums from Node itself: the package it uses computes them in JavaScript at a
 * quarter of the speed, which is a fifth of the time of packing. Both give the same numbers, and should
 * archiver use the package no longer, nothing changes.
 */
export function useNativeChecksums(): void {
  Object.assign(packageInJavaScript, { buf: nativeBuf });
}

/** Same arguments and result as in the package: a signed number, continued from a signed one. */
function nativeBuf(data: number[] | Uint8Array, seed = 0): number {
  return crc32(Array.isArray(data) ? Uint8Array.from(data) : data, seed >>> 0) | 0;
}
