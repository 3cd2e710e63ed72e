import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { AppError } from '../../jobs/app-error.js';
import { fileTitle } from '../../jobs/wording/what-text.js';
import { archiveFileName, attachment } from '../http/content-disposition.js';
import { calendarEntry } from './calendar-entry.js';
import { JobAccess } from './job-access.js';
import { JobPaths } from './job-paths.js';

/** The start of a scheduled job as a file for calendars. */
@Controller('jobs')
export class CalendarController {
  constructor(
    private readonly access: JobAccess,
    private readonly paths: JobPaths,
  ) {}

  @Get(':id/start.ics')
  async entry(@Param('id') publicId: string, @Res() response: Response): Promise<void> {
    const job = await this.access.byPublicId(publicId);
    if (job.state !== 'scheduled') throw new AppError('job.not_possible_now');
    const name = archiveFileName(fileTitle(job.request)).replace(/zip$/, 'ics');
    response
      .set({
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': attachment(name, 'image-job.ics'),
        'Cache-Control': 'no-store',
        'X-Robots-Tag': 'noindex',
      })
      .send(calendarEntry(job, this.paths.shared(job)));
  }
}
