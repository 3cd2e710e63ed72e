/**
 * A process of its own that does P3's decoding and nothing else, with no service around it: every pixel of each
 * file in a folder, and a 128 px thumbnail. Tells its parent how much processor time that takes.
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
  const { width, height } = await sharp(file).metadata();
  await sharp(file, { failOn: 'error', sequentialRead: true })
    .extract({ left: 0, top: 0, width, height })
    .resize(128, 128, { fit: 'inside' })
    .webp({ quality: 70, effort: 2 })
    .toBuffer();
}
const { user, system } = process.cpuUsage(before);
process.send?.({ cpuMs: (user + system) / 1000 });
process.on('disconnect', () => process.exit(0));
