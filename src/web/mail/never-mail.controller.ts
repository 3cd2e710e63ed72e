import { Controller, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { html } from '../../jobs/html.js';
import { NeverMail } from '../../notifications/never-mail.js';
import { sendPage } from '../http/reply.js';
import { messagePage } from '../pages/message-page.js';

/**
 * «Never mail me again»: the link only asks, so that mail scanners refuse nothing; the button, and the one
 * click of a mail program, refuse.
 * @see https://www.rfc-editor.org/rfc/rfc8058
 */
@Controller('never-mail')
export class NeverMailController {
  constructor(private readonly neverMail: NeverMail) {}

  @Get(':token')
  ask(@Param('token') token: string, @Res() response: Response): void {
    if (!this.neverMail.isValid(token)) throw new NotFoundException();
    const button = html`<form method="post">
      <button class="button primary large" type="submit">Never mail me again</button>
    </form>`;
    const detail = 'No message from this service will go to your address any more, whoever asks for it.';
    sendPage(response, 200, messagePage('No more mail?', detail, button));
  }

  @Post(':token')
  async refuse(@Param('token') token: string, @Res() response: Response): Promise<void> {
    if (!(await this.neverMail.refuse(token))) throw new NotFoundException();
    const detail = 'Your address is kept only as a fingerprint, so that it can be recognised and left alone.';
    sendPage(response, 200, messagePage('You will get no more mail', detail));
  }
}
