import type { Candidate, LicenceHint } from '../../jobs/candidate.js';
import { bagIn, type Bag, listIn, plainIn, sizeIn, textIn, urlIn } from '../shapes.js';
import { plainText } from '../plain-text.js';

/** A file as a result; the search adds its rank. */
export interface CommonsFile {
  readonly result: Omit<Candidate, 'rank' | 'engine'>;
  /** Title and categories, which show whether the file is for everybody. */
  readonly words: string;
}

/** Reads the page of a file. @returns null if it holds no file with an address */
export function readFile(page: Bag): CommonsFile | null {
  const info = bagIn(listIn(page['imageinfo'])[0]);
  const imageUrl = urlIn(info?.['url']);
  if (info === null || imageUrl === null) return null;
  const fileTitle = textIn(page['title']);
  const metadata = bagIn(info['extmetadata']) ?? {};
  const title = said(metadata, 'ObjectName') ?? nameOf(fileTitle);
  const result = {
    sourceId: plainIn(page['pageid']) ?? fileTitle ?? imageUrl,
    imageUrl,
    previewUrl: urlIn(info['thumburl']),
    pageUrl: urlIn(info['descriptionurl']),
    title,
    site: 'Wikimedia Commons',
    claimed: sizeIn(info['width'], info['height']),
    licence: licenceOf(metadata, textIn(info['user'])),
  };
  return { result, words: [fileTitle, said(metadata, 'Categories')].join(' | ').replaceAll('_', ' ') };
}

/** Public domain has no licence page. */
function licenceOf(metadata: Bag, uploader: string | null): LicenceHint | null {
  const name =
    said(metadata, 'LicenseShortName') ?? said(metadata, 'UsageTerms') ?? said(metadata, 'License');
  const url = urlIn(said(metadata, 'LicenseUrl'));
  const credit = said(metadata, 'Attribution') ?? said(metadata, 'Artist') ?? said(metadata, 'Credit');
  if (name === null && url === null && credit === null) return null;
  return { name, url, credit: credit ?? uploader };
}

/** A value of the metadata as people would read it. */
function said(metadata: Bag, name: string): string | null {
  const value = bagIn(metadata[name])?.['value'];
  const text = plainIn(value);
  return text === null ? null : plainText(text);
}

/** `File:Red panda.jpg` is about a red panda. */
function nameOf(fileTitle: string | null): string | null {
  return textIn(fileTitle?.replace(/^[^:]{1,20}:/, '').replace(/\.\w{2,5}$/, ''));
}
