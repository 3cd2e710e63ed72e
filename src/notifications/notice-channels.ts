import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import { type Channel, CHANNELS } from '../jobs/channels.js';
import { Lacking } from '../jobs/lacking.js';
import type { Notice, NoticeKey } from '../jobs/notice.js';
import { backoffMs } from '../jobs/timing/backoff.js';
import { DEFERRED_BACKOFF } from './notice-backoff.js';
import type { Delivery, Notifier } from './notifier.port.js';
import { NOTIFIERS } from './notifiers.js';

/** Another process that could send a notice has done so by then. */
const OTHERS_NEED_MS = 60_000;

/** The ways this process has to tell people, and those that jobs ask for and it does not have. */
@Injectable()
export class NoticeChannels {
  private readonly logger = new Logger(NoticeChannels.name);
  private readonly lacking: Lacking<Channel>;

  constructor(
    private readonly clock: Clock,
    @Inject(NOTIFIERS) private readonly notifiers: readonly Notifier[],
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'roles'>,
  ) {
    this.lacking = new Lacking(clock);
  }

  /** The channels that somebody is to be told by, and no process is there to do it, as far as this one knows. */
  get unserved(): readonly Channel[] {
    return this.lacking.names;
  }

  /** @returns null where this process has none for the notice */
  notifierOf({ recipient }: NoticeKey): Notifier | null {
    return this.notifiers.find(({ channel }) => channel === recipient.channel) ?? null;
  }

  /**
   * What becomes of a notice without a notifier here. Where it is this process's part to send it, it is put off until
   * the channel is set up again or nobody needs the notice any more; else it is left to the others.
   */
  withoutNotifier(notice: Notice): Delivery {
    // The process with the bots is responsible for chat messages, though others may send them too.
    const isOurs = !CHANNELS[notice.recipient.channel].isChat || this.settings.roles.includes('bots');
    if (isOurs || this.clock.now() - notice.notBefore > OTHERS_NEED_MS) this.note(notice);
    if (!isOurs) return { status: 'kept_back' };
    const retryAfterMs = backoffMs(notice.attempts, DEFERRED_BACKOFF);
    return { status: 'put_off', detail: 'no_notifier', retryAfterMs };
  }

  private note({ jobId, recipient: { channel } }: Notice): void {
    if (!this.lacking.note(channel)) return;
    this.logger.warn(
      { jobId, channel },
      'somebody is to be told by a channel that is not set up here; notices wait for it for a day',
    );
  }
}
