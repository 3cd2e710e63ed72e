import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { LinksModule } from '../expiry/links.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { AssetsController } from './assets.controller.js';
import { DeletedController } from './deleted.controller.js';
import { DocsController } from './docs/docs.controller.js';
import { ArchiveResponse } from './downloads/archive-response.js';
import { ChoiceController } from './downloads/choice.controller.js';
import { DownloadController } from './downloads/download.controller.js';
import { ImageController } from './downloads/image.controller.js';
import { PickAnswers } from './downloads/pick-answers.js';
import { PickController } from './downloads/pick.controller.js';
import { ReadyJobs } from './downloads/ready-job.js';
import { SharedImages } from './downloads/shared-images.js';
import { ThumbnailsController } from './downloads/thumbnails.controller.js';
import { EventsController } from './jobs/events.controller.js';
import { JobAccess } from './jobs/job-access.js';
import { JobAnswers } from './jobs/job-answers.js';
import { JobEvents } from './jobs/job-events.js';
import { JobPages } from './jobs/job-pages.js';
import { JobPaths } from './jobs/job-paths.js';
import { PresentingModule } from '../presenting/presenting.module.js';
import { JobsController } from './jobs/jobs.controller.js';
import { ShownImages } from './jobs/kept-images.js';
import { ConfirmMailController } from './mail/confirm-mail.controller.js';
import { MailController } from './mail/mail.controller.js';
import { Mailbox } from './mail/mailbox.js';
import { NeverMailController } from './mail/never-mail.controller.js';
import { FormController } from './submission/form.controller.js';
import { FormNonces } from './submission/form-nonce.js';
import { FormPages } from './submission/form-pages.js';
import { RetryController } from './submission/retry.controller.js';
import { Submission } from './submission/submission.js';
import { SubmitController } from './submission/submit.controller.js';

/** Pages, live progress, downloads and the JSON API. */
@Module({})
export class WebModule {
  /** @param imports modules that provide JobStore and ArchiveStore, unless they are global */
  static with(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: WebModule,
      imports: [IntakeModule, PresentingModule, LinksModule, ...imports],
      controllers: [
        AssetsController,
        FormController,
        SubmitController,
        EventsController,
        JobsController,
        RetryController,
        DeletedController,
        ThumbnailsController,
        DownloadController,
        PickController,
        ImageController,
        ChoiceController,
        DocsController,
        MailController,
        NeverMailController,
        ConfirmMailController,
      ],
      providers: [
        ArchiveResponse,
        FormNonces,
        FormPages,
        JobAccess,
        JobAnswers,
        JobEvents,
        JobPages,
        JobPaths,
        ShownImages,
        Mailbox,
        PickAnswers,
        ReadyJobs,
        SharedImages,
        Submission,
      ],
    };
  }
}
