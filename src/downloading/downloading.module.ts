import { Module } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import { ImagingModule } from '../imaging/imaging.module.js';
import { NetworkModule } from '../network/network.module.js';
import { DOWNLOAD_LIMITS, DOWNLOAD_LIMITS_TOKEN, type DownloadLimits } from './download-limits.js';
import { EnginePreviews } from './originals/engine-previews.js';
import { ImageChecker } from './judging/image-checker.js';
import { COLLECTING_PARTS, type CollectingParts, ImageCollector } from './image-collector.js';
import { ImageFetcher } from './fetching/image-fetcher.js';
import { ImageIntake } from './judging/image-intake.js';
import { PageOriginals } from './originals/page-originals.js';
import { PageReader } from './originals/page-reader.js';
import { WorkFolder } from './work-folder.js';

/** Turns candidates into the ordered number of good images. */
@Module({
  imports: [NetworkModule, ImagingModule],
  providers: [
    { provide: DOWNLOAD_LIMITS_TOKEN, useValue: DOWNLOAD_LIMITS },
    ImageFetcher,
    ImageChecker,
    EnginePreviews,
    ImageIntake,
    {
      provide: COLLECTING_PARTS,
      inject: [Clock, DOWNLOAD_LIMITS_TOKEN, SETTINGS_TOKEN],
      useFactory: (clock: Clock, limits: DownloadLimits, settings: Settings): CollectingParts => ({
        clock,
        limits,
        settings,
      }),
    },
    PageReader,
    PageOriginals,
    ImageCollector,
    WorkFolder,
  ],
  exports: [ImageCollector, WorkFolder],
})
export class DownloadingModule {}
