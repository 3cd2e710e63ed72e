import { Module } from '@nestjs/common';
import { NetworkModule } from '../network/network.module.js';
import { decoderOptions } from './decoder-options.js';
import { DOWNLOAD_LIMITS, DOWNLOAD_LIMITS_TOKEN } from './download-limits.js';
import { ImageChecker } from './image-checker.js';
import { ImageCollector } from './image-collector.js';
import { ImageFetcher } from './image-fetcher.js';
import { ImageInspector } from './image-inspector.port.js';
import { ImageIntake } from './image-intake.js';
import { ProcessImageInspector } from './process.image-inspector.js';
import { WorkFolder } from './work-folder.js';

/** Candidates in, exactly as many good images out as were ordered. */
@Module({
  imports: [NetworkModule],
  providers: [
    { provide: DOWNLOAD_LIMITS_TOKEN, useValue: DOWNLOAD_LIMITS },
    { provide: ImageInspector, useFactory: () => new ProcessImageInspector(decoderOptions()) },
    ImageFetcher,
    ImageChecker,
    ImageIntake,
    ImageCollector,
    WorkFolder,
  ],
  exports: [ImageCollector, WorkFolder],
})
export class DownloadingModule {}
