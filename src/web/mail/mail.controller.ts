import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import { isLocalRequest } from '../http/local-request.js';
import { sendPage } from '../http/reply.js';
import { mailListPage, mailPage } from '../pages/mail-pages.js';
import { Mailbox, type ShownMail } from './mailbox.js';

/** The frame of a mail may use styles only, and its links open in a new tab. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox';

/** Shows the kept notices to people at this machine if no mail server is set. */
@Controller('mail')
export class MailController {
  constructor(
    private readonly mailbox: Mailbox,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.admit(request);
    sendPage(response, 200, mailListPage(await this.mailbox.list()));
  }

  @Get(':name')
  async show(@Param('name') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    sendPage(response, 200, mailPage(await this.find(request, name)));
  }

  @Get(':name/html')
  async html(@Param('name') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { html } = await this.find(request, name);
    response
      .set({ 'Content-Security-Policy': MAIL_POLICY, 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
      .type('html')
      .send(`<base target="_blank">${html}`);
  }

  @Get(':name/source')
  async source(
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.admit(request);
    const source = await this.mailbox.source(name);
    if (source === null) throw new NotFoundException();
    response
      .set({
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Robots-Tag': 'noindex',
      })
      .send(source);
  }

  private async find(request: Request, name: string): Promise<ShownMail> {
    this.admit(request);
    const mail = await this.mailbox.find(name);
    if (mail === null) throw new NotFoundException();
    return mail;
  }

  /** Everybody else gets a 404. */
  private admit(request: Request): void {
    if (this.settings.smtpUrl !== null || !isLocalRequest(request)) throw new NotFoundException();
  }
}
