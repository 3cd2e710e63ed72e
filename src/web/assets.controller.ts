import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { findAsset } from './asset-files.js';

/** Serves the static files of the pages. */
@Controller('assets')
export class AssetsController {
  @Get(':file')
  serve(@Param('file') file: string, @Res() response: Response): void {
    const asset = findAsset(file);
    if (asset === null) throw new NotFoundException();
    response
      .set({ 'Cache-Control': 'public, max-age=31536000, immutable', 'Content-Type': asset.type })
      .send(asset.content);
  }
}
