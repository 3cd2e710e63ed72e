/** A fault found without libvips, so that its message is about this image alone. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}

/** A file that no browser shows or that the decoder cannot read. @param kind e.g. `lossless jpeg` */
export function unsupported(kind: string): FileFault {
  return new FileFault(`unsupported: ${kind}`);
}
