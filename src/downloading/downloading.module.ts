import { availableParallelism } from 'node:os';
import { Module } from '@nestjs/common';
import { NetworkModule } from '../network/network.module.js';
import { DOWNLOAD_LIMITS, DOWNLOAD_LIMITS_TOKEN } from './download-limits.js';
import { ImageChecker } from './image-checker.js';
import { ImageCollector } from './image-collector.js';
import { ImageFetcher } from './image-fetcher.js';
import { ImageInspector } from './image-inspector.port.js';
import { ImageIntake } from './image-intake.js';
import { ProcessPoolImageInspector } from './process-pool.image-inspector.js';
import { WorkFolder } from './work-folder.js';

/** Each decoder process holds some 60 MB; more of them than this would wait for the network anyway. */
const MAX_DECODERS = 4;
const DECODER_IDLE_MS = 10_000;
const DECODE_DEADLINE_MS = 30_000;

/** Candidates in, exactly as many good images out as were ordered. */
@Module({
  imports: [NetworkModule],
  providers: [
    { provide: DOWNLOAD_LIMITS_TOKEN, useValue: DOWNLOAD_LIMITS },
    {
      provide: ImageInspector,
      useFactory: () =>
        new ProcessPoolImageInspector({
          maxProcesses: Math.min(availableParallelism(), MAX_DECODERS),
          idleMs: DECODER_IDLE_MS,
          decodeDeadlineMs: DECODE_DEADLINE_MS,
        }),
    },
    ImageFetcher,
    ImageChecker,
    ImageIntake,
    ImageCollector,
    WorkFolder,
  ],
  exports: [ImageCollector, WorkFolder],
})
export class DownloadingModule {}
