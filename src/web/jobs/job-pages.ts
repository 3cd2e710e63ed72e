import { Injectable } from '@nestjs/common';
import { Clock } from '../../jobs/clock.port.js';
import type { Html } from '../../jobs/wording/html.js';
import type { Job } from '../../jobs/job.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { downloadPage } from '../pages/download-page.js';
import { mailWay } from '../pages/job-view.js';
import { jobPage } from '../pages/job-page.js';
import { JobPaths } from './job-paths.js';
import { ShownImages } from './kept-images.js';

/** Makes the pages of a job. */
@Injectable()
export class JobPages {
  constructor(
    private readonly images: ShownImages,
    private readonly paths: JobPaths,
    private readonly jobs: JobsService,
    private readonly clock: Clock,
  ) {}

  /** The asker's page. @param isLocal whether the reader may open the kept mails */
  async forAsker(job: Job, isLocal: boolean): Promise<Html> {
    return jobPage({
      job,
      path: this.paths.page(job),
      downloadUrl: this.paths.shared(job),
      archivePath: this.paths.wholeArchive(job),
      againPath: this.paths.again(job),
      laterAt: this.jobs.laterTime(job),
      mailWay: mailWay(this.jobs.sendsMail, isLocal),
      asksToConfirm: this.jobs.asksToConfirm(job.request),
      images: await this.images.list(job),
      now: this.clock.now(),
    });
  }

  /** The page of the shared link. */
  async forEverybody(job: Job): Promise<Html> {
    const [path, archivePath] = [this.paths.download(job), this.paths.archive(job)];
    return downloadPage({
      job,
      path,
      archivePath,
      images: await this.images.list(job),
      now: this.clock.now(),
    });
  }
}
