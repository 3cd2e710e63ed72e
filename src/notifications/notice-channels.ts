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

/** By this time after a notice is due, another process that can send it has sent it. */
const OTHERS_NEED_MS = 60_000;

/** The notifiers of this process, and the channels that jobs ask for and no notifier serves. */
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

  /** Channels that jobs ask for and no process serves, as far as this process knows. */
  get unserved(): readonly Channel[] {
    return this.lacking.names;
  }

  /** @returns the notifier for the notice; null: this process has none */
  notifierOf({ recipient }: NoticeKey): Notifier | null {
    return this.notifiers.find(({ channel }) => channel === recipient.channel) ?? null;
  }

  /**
   * The delivery of a notice without a notifier. If this process is responsible, the notice is put off until
   * the channel is set up again or the notice is too old; otherwise it is left to other processes.
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
