import { Controller, Get, Head, Headers, Logger, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { once } from 'node:events';
import { Clock } from '../../jobs/clock.port.js';
import type { Job } from '../../jobs/job.js';
import { isFinal } from '../../jobs/job-states.js';
import { signalOf } from '../http/request-signal.js';
import { eventText, readLastVersion, type ServerEvent } from './event-text.js';
import { JobAccess } from './job-access.js';
import { JobEvents } from './job-events.js';

/** Proxies and browsers close streams after a long silence. */
const HEARTBEAT_MS = 15_000;
/** An event instead of a comment, since pages cannot see comments and take a silent stream for broken. */
const ALIVE = eventText({ event: 'alive', id: null, data: {} });
const RECONNECT_MS = 2000;
/** Maximum wait between two brief streams: a job that is far ahead may be cancelled. */
const MOST_RECONNECT_MS = 30_000;
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Robots-Tag': 'noindex',
  // nginx would buffer the events.
  'X-Accel-Buffering': 'no',
};

/** The live stream of a job. */
@Controller('jobs')
export class EventsController {
  private readonly logger = new Logger(EventsController.name);

  constructor(
    private readonly access: JobAccess,
    private readonly events: JobEvents,
    private readonly clock: Clock,
  ) {}

  @Head(':id/events')
  async head(@Param('id') publicId: string, @Res() response: Response): Promise<void> {
    await this.access.byPublicId(publicId);
    response.set(HEADERS).end();
  }

  /** With `brief` the stream ends after the changes so far, and the follower reconnects. */
  @Get(':id/events')
  async stream(
    @Param('id') publicId: string,
    @Headers('last-event-id') lastEventId: unknown,
    @Query() { from, brief }: Readonly<Record<string, unknown>>,
    @Res() response: Response,
  ): Promise<void> {
    const signal = signalOf(response);
    const job = await this.access.byPublicId(publicId);
    const after = readLastVersion(lastEventId, from);
    // 204 tells an EventSource that has seen the end not to reconnect.
    if (isFinal(job.state) && job.version <= after) return void response.status(204).end();
    const isBrief = brief !== undefined;
    const reconnectMs = isBrief ? this.reconnectMs(job) : RECONNECT_MS;
    response.set(HEADERS).write(`retry: ${reconnectMs}\n\n`);
    try {
      const events = isBrief ? this.events.since(job, after) : this.events.follow(job.id, after, signal);
      await send(events, response, signal);
    } catch (error) {
      // The response has begun and cannot be changed; the follower reconnects.
      this.logger.warn({ err: error, jobId: job.id }, 'a live stream was broken off');
    } finally {
      response.end();
    }
  }

  /** Only a person can change a job that is still ahead, so long waits are fine. */
  private reconnectMs({ state, dueAt }: Job): number {
    const aheadMs = state === 'scheduled' ? dueAt - this.clock.now() : 0;
    return Math.min(MOST_RECONNECT_MS, Math.max(RECONNECT_MS, aheadMs));
  }
}

async function send(
  events: AsyncIterable<ServerEvent>,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  const heartbeat = setInterval(() => {
    // Skip followers that do not read: events would pile up.
    if (!response.writableNeedDrain) response.write(ALIVE);
  }, HEARTBEAT_MS);
  try {
    for await (const event of events) {
      if (signal.aborted) return;
      if (!response.write(eventText(event))) await drained(response, signal);
    }
  } finally {
    clearInterval(heartbeat);
  }
}

/** Waits until a slow follower has read the buffer, or has left. */
async function drained(response: Response, signal: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
