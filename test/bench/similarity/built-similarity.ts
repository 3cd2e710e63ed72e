import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Features } from '../../../src/imaging/similarity/features.js';
import { loadBuilt } from '../load-built.ts';

const NEVER = new AbortController().signal;

/** The build's comparison of pictures. */
export interface BuiltSimilarity {
  featuresOf(image: Buffer): Promise<Features>;
  isSamePicture(one: Features, other: Features): boolean;
  close(): void;
}

/** Loads the build's comparison, with its decoder. @param folder for temporary image files */
export async function builtSimilarity(folder: string): Promise<BuiltSimilarity> {
  const { fingerprintOf } = await loadBuilt<typeof import('../../../src/imaging/similarity/fingerprint.js')>(
    'imaging/similarity/fingerprint.js',
  );
  const { featuresOf } = await loadBuilt<typeof import('../../../src/imaging/similarity/features.js')>(
    'imaging/similarity/features.js',
  );
  const { isSamePicture } = await loadBuilt<typeof import('../../../src/imaging/similarity/same-picture.js')>(
    'imaging/similarity/same-picture.js',
  );
  const { ProcessImageInspector } = await loadBuilt<
    typeof import('../../../src/imaging/decoding/process.image-inspector.js')
  >('imaging/decoding/process.image-inspector.js');
  const { ImageMemory } =
    await loadBuilt<typeof import('../../../src/imaging/image-memory.js')>('imaging/image-memory.js');
  const decoder = new ProcessImageInspector(new ImageMemory(512e6));
  let written = 0;
  return {
    isSamePicture,
    close: () => decoder.onApplicationShutdown(),
    async featuresOf(image) {
      const path = join(folder, `${(written += 1)}`);
      await writeFile(path, image);
      const { miniature, width, height } = await decoder.inspect(path, NEVER);
      const features = featuresOf(fingerprintOf(miniature, width / height));
      if (features === null) throw new Error('the fingerprint could not be read');
      return features;
    },
  };
}
