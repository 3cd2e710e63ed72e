import type { AskedOutput } from '../../src/jobs/request/asked-fields.js';
import type { Manifest, ManifestFile } from '../../src/zipping/manifest.js';

const FILE: ManifestFile = {
  file: '001-a.jpg',
  url: 'https://a.example/1.jpg',
  page: 'https://a.example/',
  title: 'A',
  site: 'A',
  licence: null,
  attribution: null,
  engine: 'google',
  foundBy: null,
  format: 'jpeg',
  width: 800,
  height: 600,
  bytes: 1,
  sha256: 'ab'.repeat(32),
  original: null,
  note: null,
};

/** The folders of the two sample images in each layout. */
const FOLDERS = {
  flat: ['', ''],
  folders: ['train/cat/', 'train/C#/'],
  huggingface: ['train/', 'train/'],
} as const;

/**
 * The manifest of three queries: `cat` lacks one of two images, `C#` lacks none of one, `unicorn` both of two.
 * @param first changes to the first image
 */
export function sampleManifest(output: AskedOutput, first: Partial<ManifestFile> = {}): Manifest {
  const [a, b] = FOLDERS[output.layout ?? 'flat'];
  const isSplit = output.validation !== undefined;
  const [train, validation] = isSplit
    ? [{ split: 'train' } as const, { split: 'validation' } as const]
    : [{}, {}];
  const missing = (count: number) => (count === 0 ? [] : [{ reason: 'search_exhausted', count } as const]);
  const query = (text: string, name: string, askedFor: number, delivered: number) => ({
    query: text,
    name,
    askedFor,
    delivered,
    shortfall: missing(askedFor - delivered),
  });
  return {
    query: 'photo of a cat',
    queries: [
      query('photo of a cat', 'cat', 2, 1),
      query('C#', 'C#', 1, 1),
      query('unicorn', 'unicorn', 2, 0),
    ],
    filters: {},
    output,
    timeZone: 'Europe/Vienna',
    askedFor: 5,
    delivered: 2,
    shortfall: missing(3),
    engines: [],
    dueAt: '2026-11-24T08:00:00.000Z',
    startedAt: null,
    packedAt: '2026-11-24T08:05:00.000Z',
    files: [
      { ...FILE, file: `${a}001-a.jpg`, query: 'photo of a cat', name: 'cat', ...train, ...first },
      { ...FILE, file: `${b}002-b.jpg`, query: 'C#', name: 'C#', ...validation },
    ],
  };
}
