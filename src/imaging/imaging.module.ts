import { Module } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { ImageMemory } from './image-memory.js';

/** What the processes that decode and encode images share. */
@Module({
  providers: [
    {
      provide: ImageMemory,
      inject: [SETTINGS_TOKEN],
      useFactory: ({ decodeMemoryBytes }: Settings) => new ImageMemory(decodeMemoryBytes),
    },
  ],
  exports: [ImageMemory],
})
export class ImagingModule {}
