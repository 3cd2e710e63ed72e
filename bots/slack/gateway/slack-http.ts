import type { HttpAdapterHost } from '@nestjs/core';
import type { App, ExpressReceiver } from '@slack/bolt';
import type { Clock } from '../../../src/jobs/clock.port.js';
import type { ChatConnection } from '../../chat-bot.js';
import { SLACK_PATHS } from '../slack-names.js';
import { rehearse } from './rehearsal.js';
import { signedRequests } from './signed-requests.js';

/** Takes Slack's signed requests under /slack. */
export class SlackHttp implements ChatConnection {
  constructor(
    private readonly bolt: { readonly receiver: Pick<ExpressReceiver, 'router'>; readonly app: App },
    private readonly signingSecret: string,
    private readonly clock: Clock,
    private readonly http: HttpAdapterHost,
  ) {}

  mount(): void {
    const { httpAdapter } = this.http;
    const gate = signedRequests(this.signingSecret, this.clock);
    for (const path of Object.values(SLACK_PATHS)) httpAdapter.use(path, gate);
    httpAdapter.use(this.bolt.receiver.router);
  }

  start(): void {
    void rehearse(this.bolt.app);
  }

  /** The web server itself takes no more requests. */
  async stop(): Promise<void> {}
}
