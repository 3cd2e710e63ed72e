import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DELETED } from '../jobs/wording/wording.js';
import { sendPage } from './http/reply.js';
import { messagePage } from './pages/message-page.js';

/** Where somebody who has deleted a job is led, and what pages of a job that is gone before its time show. */
export const DELETED_PATH = '/deleted';

/** Says that a job is gone. The address names no job, so that not even the history of a browser keeps one. */
@Controller(DELETED_PATH)
export class DeletedController {
  @Get()
  show(@Res() response: Response): void {
    const detail =
      'Its images, its records and the e-mail address have been deleted, and its links lead nowhere.';
    sendPage(response, 200, messagePage(DELETED, detail));
  }
}
