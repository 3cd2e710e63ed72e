import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A static file of the pages. */
export interface AssetFile {
  readonly content: Buffer;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Static files: one style sheet, one script per page that has one, the icon. A script of several parts is one
 * module, so that its parts share names without imports.
 */
const PARTS = {
  'style.css': ['base.css', 'form.css', 'more.css', 'job.css', 'content.css', 'mine.css'],
  'form.js': ['my-jobs.js', 'zones.js', 'form.js', 'list.js'],
  'job.js': ['my-jobs.js', 'renewal.js', 'follow.js', 'job.js'],
  'mine.js': ['my-jobs.js', 'mine.js'],
  'icon.svg': ['icon.svg'],
} as const satisfies Record<string, readonly string[]>;

/** The name of a static file, without the hash. */
export type AssetName = keyof typeof PARTS;

interface LoadedAsset extends AssetFile {
  readonly path: string;
}

let loaded: ReadonlyMap<AssetName, LoadedAsset> | null = null;

/** The path of a file, with the hash of its content in its name so that it can be cached for ever. */
export function assetPath(name: AssetName): string {
  return assets().get(name)?.path ?? `/assets/${name}`;
}

/** @returns the file at `/assets/<fileName>`, or null */
export function findAsset(fileName: string): AssetFile | null {
  return [...assets().values()].find(({ path }) => path === `/assets/${fileName}`) ?? null;
}

/** Reads the files once, at the first page: they do not change while the program runs. */
function assets(): ReadonlyMap<AssetName, LoadedAsset> {
  loaded ??= new Map([load('style.css'), load('form.js'), load('job.js'), load('mine.js'), load('icon.svg')]);
  return loaded;
}

function load(name: AssetName): [AssetName, LoadedAsset] {
  const parts = PARTS[name].map((part) => readFileSync(new URL(`./assets/${part}`, import.meta.url)));
  const content = Buffer.concat(parts);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const [base, extension] = name.split('.');
  const type = TYPES[extension ?? ''] ?? 'application/octet-stream';
  return [name, { content, type, path: `/assets/${base}.${hash}.${extension}` }];
}
