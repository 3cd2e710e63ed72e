import { Logger } from '@nestjs/common';
import type { Clock } from '../../../src/jobs/clock.port.js';
import type { ChatRecords } from '../../chat-records.js';

/** Time until a person's zone is forgotten after the last request, in milliseconds: 400 days. */
const KEPT_MS = 34_560_000_000;
/** Longest wait for a zone, in milliseconds: forms and suggestions are due within three seconds. */
const KNOWN_WITHIN_MS = 1000;

/** Remembers the time zone of each person. Never fails: a zone that cannot be read counts as unknown. */
export class AskerZone {
  private readonly logger = new Logger(AskerZone.name);

  constructor(
    private readonly records: Pick<ChatRecords, 'saveZone' | 'zoneOf'>,
    private readonly clock: Clock,
  ) {}

  /** @returns the person's last zone, or '' if it is unknown or not read in time */
  async of(user: string): Promise<string> {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), KNOWN_WITHIN_MS);
    try {
      const zone = this.records.zoneOf('discord', user);
      return (await Promise.race([zone, late.promise])) ?? '';
    } catch (error) {
      this.logger.warn({ err: error }, 'a time zone could not be read');
      return '';
    } finally {
      clearTimeout(timer);
    }
  }

  /** Saves a person's zone. */
  async remember(user: string, timeZone: string): Promise<void> {
    try {
      await this.records.saveZone('discord', user, timeZone, this.clock.now() + KEPT_MS);
    } catch (error) {
      this.logger.warn({ err: error }, 'a time zone could not be remembered');
    }
  }
}
