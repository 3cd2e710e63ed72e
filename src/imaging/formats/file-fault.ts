/** A fault of an image that was found without libvips, so that its words are about this image alone. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}

/** A file of a kind that no browser shows, or that the decoder cannot read. @param kind e.g. `lossless jpeg` */
export function unsupported(kind: string): FileFault {
  return new FileFault(`unsupported: ${kind}`);
}
