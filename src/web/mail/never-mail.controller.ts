import { Controller, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { NeverMail } from '../../notifications/consent/never-mail.js';
import { sendPage } from '../http/reply.js';
import { allowedMailPage, neverMailPage, refusedMailPage } from '../pages/never-mail-pages.js';

/**
 * Stops mail to an address. The link only shows a button, so that mail scanners stop nothing; the button and
 * a mail program's one-click unsubscribe do. Another button undoes it. Only the owner of the address has the
 * link, so nobody else learns the choice.
 * @see https://www.rfc-editor.org/rfc/rfc8058
 */
@Controller('never-mail')
export class NeverMailController {
  constructor(private readonly neverMail: NeverMail) {}

  @Get(':token')
  async ask(@Param('token') token: string, @Res() response: Response): Promise<void> {
    if (!this.neverMail.isValid(token)) throw new NotFoundException();
    const hasRefused = await this.neverMail.hasRefused(token);
    sendPage(response, 200, hasRefused ? refusedMailPage(token) : neverMailPage(token));
  }

  @Post(':token')
  async refuse(@Param('token') token: string, @Res() response: Response): Promise<void> {
    if (!(await this.neverMail.refuse(token))) throw new NotFoundException();
    sendPage(response, 200, refusedMailPage(token));
  }

  @Post(':token/undo')
  async allow(@Param('token') token: string, @Res() response: Response): Promise<void> {
    if (!(await this.neverMail.allow(token))) throw new NotFoundException();
    sendPage(response, 200, allowedMailPage(token));
  }
}
