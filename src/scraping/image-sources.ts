import type { Type } from '@nestjs/common';
import { BingSource } from './bing/bing.source.js';
import { CommonsSource } from './commons/commons.source.js';
import { DuckDuckGoSource } from './duckduckgo/duckduckgo.source.js';
import { GoogleSource } from './google/google.source.js';
import type { ImageSource } from './image-source.port.js';
import { OpenverseSource } from './openverse/openverse.source.js';

/** The source of every engine, in the order of ENGINES. */
export const IMAGE_SOURCE_CLASSES: readonly Type<ImageSource>[] = [
  GoogleSource,
  BingSource,
  DuckDuckGoSource,
  OpenverseSource,
  CommonsSource,
];

/** Nest injection token of the engines, one ImageSource of each class: `readonly ImageSource[]`. */
export const IMAGE_SOURCES = Symbol('ImageSource[]');
