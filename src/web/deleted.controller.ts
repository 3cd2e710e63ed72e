import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DELETED } from '../jobs/wording/wording.js';
import { sendPage } from './http/reply.js';
import { messagePage } from './pages/message-page.js';

/** Serves the page for deleted jobs: shown after a deletion, and by pages of a job that was deleted early. */
export const DELETED_PATH = '/deleted';

/** Says that a job is deleted. The address names no job, so that the browser's history keeps none. */
@Controller(DELETED_PATH)
export class DeletedController {
  @Get()
  show(@Res() response: Response): void {
    const detail =
      'Its images, its records and the e-mail address have been deleted, and its links lead nowhere.';
    sendPage(response, 200, messagePage(DELETED, detail));
  }
}
