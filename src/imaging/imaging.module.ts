import { Module } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { decoderOptions } from './decoding/decoder-options.js';
import { ImageInspector } from './decoding/image-inspector.port.js';
import { ProcessImageInspector } from './decoding/process.image-inspector.js';
import { ImageMemory } from './image-memory.js';

/** What the processes that decode and encode images share. */
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
      useFactory: (memory: ImageMemory) => new ProcessImageInspector(decoderOptions(), memory),
    },
  ],
  exports: [ImageMemory, ImageInspector],
})
export class ImagingModule {}
