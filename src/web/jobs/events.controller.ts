import { Controller, Get, Head, Headers, Logger, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { once } from 'node:events';
import { isFinal } from '../../jobs/job-states.js';
import { signalOf } from '../http/request-signal.js';
import { eventText, readLastVersion } from './event-text.js';
import { JobAccess } from './job-access.js';
import { JobEvents } from './job-events.js';

/** Proxies and browsers close streams that are silent for long. */
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2000;
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Robots-Tag': 'noindex',
  // nginx would collect the events into blocks.
  'X-Accel-Buffering': 'no',
};

/** The live stream of a job. */
@Controller('jobs')
export class EventsController {
  private readonly logger = new Logger(EventsController.name);

  constructor(
    private readonly access: JobAccess,
    private readonly events: JobEvents,
  ) {}

  @Head(':id/events')
  async head(@Param('id') publicId: string, @Res() response: Response): Promise<void> {
    await this.access.byPublicId(publicId);
    response.set(HEADERS).end();
  }

  @Get(':id/events')
  async stream(
    @Param('id') publicId: string,
    @Headers('last-event-id') lastEventId: unknown,
    @Query('from') from: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.access.byPublicId(publicId);
    const after = readLastVersion(lastEventId, from);
    // 204 tells an EventSource that has seen the end not to come back.
    if (isFinal(job.state) && job.version <= after) return void response.status(204).end();
    response.set(HEADERS).write(`retry: ${RECONNECT_MS}\n\n`);
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      await this.send(job.id, after, response);
    } catch (error) {
      // The stream has begun, so the answer cannot be changed; the follower comes back by itself.
      this.logger.warn({ err: error, jobId: job.id }, 'a live stream was broken off');
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }

  private async send(jobId: string, after: number, response: Response): Promise<void> {
    const signal = signalOf(response);
    for await (const event of this.events.follow(jobId, after, signal)) {
      if (signal.aborted) return;
      if (!response.write(eventText(event))) await drained(response, signal);
    }
  }
}

/** Waits until a slow follower has taken what was written, or has left. */
async function drained(response: Response, signal: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
