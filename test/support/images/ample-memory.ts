import { ImageMemory } from '../../../src/imaging/image-memory.js';

/** Image memory that never runs out. */
export function ampleMemory(): ImageMemory {
  return new ImageMemory(1e12);
}
