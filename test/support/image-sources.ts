import { Test } from '@nestjs/testing';
import type { ImageSource } from '../../src/scraping/image-source.port.js';
import { IMAGE_SOURCE_CLASSES } from '../../src/scraping/image-sources.js';

/** Every engine of the product, without working dependencies: for tests that do not search. */
export async function imageSources(): Promise<readonly ImageSource[]> {
  const module = await Test.createTestingModule({ providers: [...IMAGE_SOURCE_CLASSES] })
    .useMocker(() => ({}))
    .compile();
  return IMAGE_SOURCE_CLASSES.map((source) => module.get(source));
}
