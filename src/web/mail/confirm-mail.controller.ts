import { Controller, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { html } from '../../jobs/wording/html.js';
import { ConfirmByLink } from '../../notifications/consent/confirm-by-link.js';
import { sendPage } from '../http/reply.js';
import { maskAddress } from '../pages/format.js';
import { messagePage } from '../pages/message-page.js';

/**
 * Confirms an address. The link only shows a button, so that mail scanners confirm nothing; the button
 * confirms.
 */
@Controller('confirm-mail')
export class ConfirmMailController {
  constructor(private readonly confirming: ConfirmByLink) {}

  @Get(':token')
  ask(@Param('token') token: string, @Res() response: Response): void {
    const address = this.confirming.addressIn(token);
    if (address === null) throw new NotFoundException();
    const button = html`<form method="post">
      <button class="button primary large" type="submit">Yes, write to this address</button>
    </form>`;
    const detail = `Messages about image jobs will go to ${maskAddress(address)}: one at the start, one at the end. If you have asked for nothing, close this page, and nothing is sent.`;
    sendPage(response, 200, messagePage('Do you want messages here?', detail, button));
  }

  @Post(':token')
  async confirm(@Param('token') token: string, @Res() response: Response): Promise<void> {
    if (!(await this.confirming.confirm(token))) throw new NotFoundException();
    const detail =
      'What has waited for this is on its way. That your address is confirmed is remembered for a year, as a fingerprint without the address.';
    sendPage(response, 200, messagePage('Thank you, that is confirmed', detail));
  }
}
