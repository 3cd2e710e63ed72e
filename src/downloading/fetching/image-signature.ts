// oxlint-disable no-control-regex -- signatures are bytes, many of them control characters

import type { ImageFormat } from '../../jobs/image-record.js';

/** This many bytes at the start decide what a file is. */
export const SIGNATURE_BYTES = 64;

/** The kind of a file by its first bytes: a format that is delivered, another kind of image, or no image. */
export type Signature =
  | { readonly kind: 'image'; readonly format: ImageFormat }
  | { readonly kind: 'unsupported'; readonly name: string }
  | { readonly kind: 'no_image' };

const FORMATS: readonly (readonly [ImageFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['avif', /^[^]{4}ftyp(?:avi[fs]|(?:mif1|msf1|miaf)(?:[^]{4})*?(?:avif|avis))/],
];

const UNSUPPORTED: readonly (readonly [string, RegExp])[] = [
  ['heic', /^[^]{4}ftyp(?:hei|hev|mif1|msf1)/],
  ['bmp', /^BM[^]{4}\0\0\0\0/],
  ['tiff', /^(?:II\*\0|MM\0\*)/],
  ['ico', /^\0\0[\x01\x02]\0/],
  ['jpeg xl', /^(?:\xff\x0a|\0\0\0\x0cJXL )/],
  ['jpeg 2000', /^(?:\0\0\0\x0cjP {2}|\xffO\xffQ)/],
  ['psd', /^8BPS/],
  ['svg', /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*|<!--[^]*|<!DOCTYPE svg[^]*)?<svg[\s>]/i],
  ['xml', /^(?:\xef\xbb\xbf)?\s*<\?xml/i],
];

/** Tells the kind of a file by its first bytes, whatever its name or type claims. */
export function signatureOf(head: Buffer): Signature {
  const text = head.subarray(0, SIGNATURE_BYTES).toString('latin1');
  const format = FORMATS.find(([, pattern]) => pattern.test(text))?.[0];
  if (format !== undefined) return { kind: 'image', format };
  const name = UNSUPPORTED.find(([, pattern]) => pattern.test(text))?.[0];
  return name === undefined ? { kind: 'no_image' } : { kind: 'unsupported', name };
}
