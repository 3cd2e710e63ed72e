import { ImageMemory } from '../../../src/imaging/image-memory.js';

/** Memory for images that is never short. */
export function ampleMemory(): ImageMemory {
  return new ImageMemory(1e12);
}
