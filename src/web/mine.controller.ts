import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Clock } from '../jobs/clock.port.js';
import { sendPage } from './http/reply.js';
import { minePage } from './pages/mine-page.js';

/** The page of the jobs that the reader's browser remembers. */
@Controller('mine')
export class MineController {
  constructor(private readonly clock: Clock) {}

  @Get()
  show(@Res() response: Response): void {
    sendPage(response, 200, minePage(this.clock.now()));
  }
}
