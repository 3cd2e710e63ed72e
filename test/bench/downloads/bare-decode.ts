/**
 * A process that only does the decoding of P3, without a service: reads all of each file in a folder in the
 * cheapest way and makes a 320 px thumbnail. Reports its processor time to its parent.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = process.argv[2] ?? '.';
sharp.cache(false);
sharp.concurrency(1);
const files = (await readdir(folder)).map((name) => join(folder, name));
const before = process.cpuUsage();
for (const file of files) {
  await sharp(file).metadata();
  await sharp(file, { failOn: 'warning', sequentialRead: true })
    .resize(320, 320, { fit: 'inside', fastShrinkOnLoad: false })
    .webp({ quality: 70, effort: 1 })
    .toBuffer();
}
const { user, system } = process.cpuUsage(before);
process.send?.({ cpuMs: (user + system) / 1000 });
process.on('disconnect', () => process.exit(0));
