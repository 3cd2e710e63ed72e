import { type DynamicModule, Module } from '@nestjs/common';
import type { Secrets } from './config/secrets.js';
import type { Settings } from './config/settings.js';
import { chatDoors } from './chat-doors.module.js';
import { CoreModule } from './core.module.js';
import { JobQueue } from './jobs/job-queue.port.js';
import { JobStore } from './jobs/job-store.port.js';
import { MailTransport } from './notifications/mail/mail-transport.port.js';
import { NoticeChannels } from './notifications/notice-channels.js';
import { OperationsModule } from './operations/operations.module.js';
import type { Meter } from './operations/metrics.controller.js';
import type { ReadinessCheck } from './operations/readiness-checks.js';
import { PipelineModule } from './pipeline/pipeline.module.js';
import { Worker } from './pipeline/worker.js';
import { Browser } from './scraping/browser/browser.port.js';
import { CanarySchedule } from './scraping/canary-schedule.js';
import { EngineCanary } from './scraping/engine-canary.js';
import { MissingEngines } from './scraping/missing-engines.js';
import { ScrapingModule } from './scraping/scraping.module.js';
import { browserCheck } from './operations/browser-check.js';
import { canaryChecks, canaryMeter } from './operations/canary-reports.js';
import { lackChecks } from './operations/lack-reports.js';
import { WebModule } from './web/web.module.js';
import { ArchiveStore } from './zipping/archive-store.port.js';
import { ZippingModule } from './zipping/zipping.module.js';

/** The service: all rooms and all doors. */
@Module({})
export class AppModule {
  static of(settings: Settings, secrets: Secrets): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.of(settings, secrets, process.stdout, chatDoors(settings)),
        PipelineModule,
        ScrapingModule,
        WebModule.with([ZippingModule]),
        OperationsModule.withReadiness({
          imports: [ZippingModule, ScrapingModule],
          inject: [
            EngineCanary,
            NoticeChannels,
            MissingEngines,
            JobStore,
            JobQueue,
            ArchiveStore,
            Browser,
            MailTransport,
          ],
          useFactory: (canary, channels, engines, ...usable) => [
            ...readinessChecks(...usable),
            ...lackChecks(channels, engines),
            ...canaryChecks(settings, canary),
          ],
          meters: (canary): readonly Meter[] => [canaryMeter(canary)],
        }),
      ],
      providers: [Worker, CanarySchedule],
    };
  }
}

function readinessChecks(
  store: JobStore,
  queue: JobQueue,
  archives: ArchiveStore,
  browser: Browser,
  mail: MailTransport,
): readonly ReadinessCheck[] {
  return [
    { name: 'store', check: (signal) => store.ping(signal) },
    { name: 'queue', check: (signal) => queue.ping(signal) },
    { name: 'archives', check: (signal) => archives.ping(signal) },
    browserCheck(browser),
    { name: 'mail', check: (signal) => mail.ping(signal) },
  ];
}
