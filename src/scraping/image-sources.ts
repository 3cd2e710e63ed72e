import type { Type } from '@nestjs/common';
import { GoogleSource } from './google/google.source.js';
import type { ImageSource } from './image-source.port.js';

/** Every engine there is. A new one is a folder beside `google/` and a line here. */
export const IMAGE_SOURCE_CLASSES: readonly Type<ImageSource>[] = [GoogleSource];

/** Nest injection token of the engines, one ImageSource of each class: `readonly ImageSource[]`. */
export const IMAGE_SOURCES = Symbol('ImageSource[]');
