import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ConfigModule } from './config/config.module.js';
import type { Secrets } from './config/secrets.js';
import type { Settings } from './config/settings.js';
import { DownloadingModule } from './downloading/downloading.module.js';
import { WorkFolder } from './downloading/work-folder.js';
import { ExpiryModule } from './expiry/expiry.module.js';
import type { JobFiles } from './expiry/job-files.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MailFolder } from './notifications/mail/mail-folder.js';
import { NotificationsModule, type OtherNotifiers } from './notifications/notifications.module.js';
import { loggingModule } from './operations/logging.module.js';
import { PipelineModule } from './pipeline/pipeline.module.js';
import { SchedulingModule } from './scheduling/scheduling.module.js';
import { StorageModule } from './storage/storage.module.js';
import { ArchiveStore } from './zipping/archive-store.port.js';
import { ZippingModule } from './zipping/zipping.module.js';

/** All rooms behind the doors. */
@Module({})
export class CoreModule {
  /**
   * @param logTo stream for the logs
   * @param notifiers notifiers besides e-mail; null: none
   */
  static of(
    settings: Settings,
    secrets: Secrets,
    logTo: NodeJS.WritableStream,
    notifiers: OtherNotifiers | null = null,
  ): DynamicModule {
    return {
      module: CoreModule,
      imports: [
        ConfigModule.of(settings, secrets),
        loggingModule(settings, logTo),
        ScheduleModule.forRoot(),
        JobsModule,
        StorageModule,
        SchedulingModule,
        NotificationsModule.with(notifiers),
        PipelineModule,
        ExpiryModule.sweeping({
          imports: [ZippingModule, DownloadingModule],
          inject: [ArchiveStore, WorkFolder, MailFolder],
          places: sweptPlaces,
        }),
      ],
      exports: [PipelineModule],
    };
  }
}

/** All places with files of jobs. */
function sweptPlaces(archives: ArchiveStore, work: WorkFolder, mails: MailFolder): readonly JobFiles[] {
  return [
    {
      what: 'archives',
      deleteAll: (id) => archives.deleteAll(id),
      deleteLeftovers: ({ id, archive }) =>
        archive === null ? archives.deleteAll(id) : archives.deleteOthers(id, archive.name),
      jobs: () => archives.jobs(),
    },
    {
      what: 'downloads',
      deleteAll: (id) => work.remove(id),
      deleteLeftovers: ({ id }) => work.remove(id),
      jobs: () => work.jobs(),
    },
    mails,
  ];
}
