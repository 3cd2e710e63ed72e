/**
 * A process with an Openverse whose results are the pictures that need the most memory to decode, and with
 * the web that serves them. `node large-pictures.ts` prints its address as one JSON line.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp, { type Sharp } from 'sharp';

/** Just below the limit of 50 megapixels. */
const SIZE = { width: 8640, height: 5760 };
const COLOURS = ['#4878a8', '#a84878', '#78a848'];

/** Formats that must be decoded as a whole. */
const FORMATS: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  'deep-interlaced.png': (picture) =>
    picture.ensureAlpha().toColourspace('rgb16').png({ progressive: true, compressionLevel: 1 }),
  'interlaced.png': (picture) => picture.png({ progressive: true, compressionLevel: 1 }),
  'deep.png': (picture) => picture.ensureAlpha().toColourspace('rgb16').png({ compressionLevel: 1 }),
  'progressive.jpg': (picture) => picture.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }),
  'inks.jpg': (picture) => picture.toColourspace('cmyk').jpeg({ progressive: true }),
  'lossless.webp': (picture) => picture.webp({ lossless: true, effort: 0 }),
  'one.gif': (picture) => picture.gif({ effort: 1 }),
};

sharp.concurrency(1);
const files = new Map<string, Buffer>();
for (const [name, written] of Object.entries(FORMATS))
  for (const [index, background] of COLOURS.entries())
    files.set(`/${index}-${name}`, await written(patterned(background)).toBuffer());

const server = createServer((request, response) => {
  const file = files.get(request.url ?? '');
  if (file === undefined) sendResults(response);
  else response.end(file);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ url: addressOf() })}\n`));
process.once('SIGTERM', () => process.exit(0));
process.stdin.once('end', () => process.exit(0)).resume();

/** Few large patches, so that all pictures look different and every file is small. */
function patterned(background: string): Sharp {
  const patch = { create: { width: 2000, height: 2000, channels: 3, background: '#202020' } } as const;
  const at = { left: 40 * COLOURS.indexOf(background) ** 2 * 40, top: 900 };
  return sharp({ create: { ...SIZE, channels: 3, background } }).composite([{ input: patch, ...at }]);
}

function sendResults(response: ServerResponse): void {
  const results = [...files.keys()].map((path) => ({
    id: path,
    title: path,
    url: `${addressOf()}${path}`,
    thumbnail: null,
    foreign_landing_url: `${addressOf()}/page`,
    ...SIZE,
    license: 'cc0',
  }));
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ result_count: results.length, page_count: 1, page: 1, results }));
}

function addressOf(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
