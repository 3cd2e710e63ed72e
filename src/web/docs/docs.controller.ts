import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import { ListeningAddress } from '../../expiry/listening-address.js';
import { sendJson, sendPage } from '../http/reply.js';
import { docsPage } from '../pages/docs-page.js';
import { apiDocument } from './api-document.js';

/** Describes the JSON API, for people and for programs. */
@Controller('api')
export class DocsController {
  constructor(
    private readonly address: ListeningAddress,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  @Get('docs')
  async page(@Res() response: Response): Promise<void> {
    sendPage(response, 200, docsPage(await this.document(), this.address.baseUrl()));
  }

  @Get('openapi.json')
  async json(@Res() response: Response): Promise<void> {
    sendJson(response, 200, await this.document());
  }

  private document() {
    return apiDocument(this.address.baseUrl(), this.settings.maxImages);
  }
}
