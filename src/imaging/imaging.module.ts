import { Module } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { ImageInspector } from './decoding/image-inspector.port.js';
import { ProcessImageInspector } from './decoding/process.image-inspector.js';
import { ImageMemory } from './image-memory.js';
import { StripMaker } from './strips/strip-maker.js';

/** Handles images in child processes, which share one limit of memory. */
@Module({
  providers: [
    {
      provide: ImageMemory,
      inject: [SETTINGS_TOKEN],
      useFactory: ({ decodeMemoryBytes }: Settings) => new ImageMemory(decodeMemoryBytes),
    },
    {
      provide: ImageInspector,
      inject: [ImageMemory],
      useFactory: (memory: ImageMemory) => new ProcessImageInspector(memory),
    },
    StripMaker,
  ],
  exports: [ImageMemory, ImageInspector, StripMaker],
})
export class ImagingModule {}
