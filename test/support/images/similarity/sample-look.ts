import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf } from '../../../../src/imaging/similarity/fingerprint.js';
import { type Look, lookOf } from '../../../../src/imaging/similarity/look.js';
import { ProcessImageInspector } from '../../../../src/imaging/decoding/process.image-inspector.js';
import { ampleMemory } from '../ample-memory.js';
import { PATIENCE_MS } from '../../patience.js';

const decoder = new ProcessImageInspector(
  { atATime: 3, idleMs: 2000, decodeDeadlineMs: PATIENCE_MS },
  ampleMemory(),
);

/** The look of an image as the real decoder computes it. */
export async function sampleLook(image: Buffer): Promise<Look> {
  const folder = await mkdtemp(join(tmpdir(), 'sample-look-'));
  try {
    const path = join(folder, 'image');
    await writeFile(path, image);
    const { view, width, height } = await decoder.inspect(path, new AbortController().signal);
    const look = lookOf(fingerprintOf(view, width / height));
    if (look === null) throw new Error('the fingerprint could not be read');
    return look;
  } finally {
    await rm(folder, { recursive: true });
  }
}
