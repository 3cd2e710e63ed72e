import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file that pages load. */
export interface AssetFile {
  readonly content: Buffer;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The files pages load: one style sheet, one script for each page that has one, the icon. */
export const ASSET_NAMES = ['style.css', 'form.js', 'job.js', 'icon.svg'] as const;
export type AssetName = (typeof ASSET_NAMES)[number];

interface LoadedAsset extends AssetFile {
  readonly path: string;
}

let loaded: ReadonlyMap<AssetName, LoadedAsset> | null = null;

/** The path of a file, with the hash of its content in its name, so that it may be cached for ever. */
export function assetPath(name: AssetName): string {
  return assets().get(name)?.path ?? `/assets/${name}`;
}

/** @returns the file at `/assets/<fileName>`, or null */
export function findAsset(fileName: string): AssetFile | null {
  return [...assets().values()].find(({ path }) => path === `/assets/${fileName}`) ?? null;
}

/** Read once, at the first page: the files belong to the program and never change while it runs. */
function assets(): ReadonlyMap<AssetName, LoadedAsset> {
  loaded ??= new Map(ASSET_NAMES.map((name) => [name, load(name)]));
  return loaded;
}

function load(name: AssetName): LoadedAsset {
  const content = readFileSync(new URL(`./assets/${name}`, import.meta.url));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const [base, extension] = name.split('.');
  const type = TYPES[extension ?? ''] ?? 'application/octet-stream';
  return { content, type, path: `/assets/${base}.${hash}.${extension}` };
}
