import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf } from '../../../../src/imaging/similarity/fingerprint.js';
import { type Features, featuresOf } from '../../../../src/imaging/similarity/features.js';
import { DECODER } from '../../../../src/imaging/decoding/decoder-program.js';
import { ProcessImageInspector } from '../../../../src/imaging/decoding/process.image-inspector.js';
import { ampleMemory } from '../ample-memory.js';
import { PATIENCE_MS } from '../../patience.js';

const decoder = new ProcessImageInspector(ampleMemory(), {
  ...DECODER,
  atATime: 3,
  idleMs: 2000,
  deadlineMs: PATIENCE_MS,
});

/** The features of an image as the real decoder computes them. */
export async function sampleFeatures(image: Buffer): Promise<Features> {
  const folder = await mkdtemp(join(tmpdir(), 'sample-features-'));
  try {
    const path = join(folder, 'image');
    await writeFile(path, image);
    const { miniature, width, height } = await decoder.inspect(path, new AbortController().signal);
    const features = featuresOf(fingerprintOf(miniature, width / height));
    if (features === null) throw new Error('the fingerprint could not be read');
    return features;
  } finally {
    await rm(folder, { recursive: true });
  }
}
