import { Module } from '@nestjs/common';
import { join } from 'node:path';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { ImagingModule } from '../imaging/imaging.module.js';
import { ArchiveBuilder } from './archive-builder.js';
import { ArchiveStore } from './archive-store.port.js';
import { DiskArchiveStore } from './disk.archive-store.js';
import { ArchiveContents } from './reading/archive-contents.js';
import { PickedArchives } from './picking/picked-archives.js';
import { ThumbnailStrip } from './thumbnail-strip.js';

/** Packs archives and stores them in DATA_DIR. */
@Module({
  imports: [ImagingModule],
  providers: [
    {
      provide: ArchiveStore,
      inject: [SETTINGS_TOKEN],
      useFactory: ({ dataDir }: Settings) => new DiskArchiveStore(join(dataDir, 'archives')),
    },
    ArchiveBuilder,
    ArchiveContents,
    PickedArchives,
    ThumbnailStrip,
  ],
  exports: [ArchiveStore, ArchiveBuilder, ArchiveContents, PickedArchives, ThumbnailStrip],
})
export class ZippingModule {}
