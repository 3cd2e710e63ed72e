import { Logger } from '@nestjs/common';
import type { Clock } from '../../../src/jobs/clock.port.js';
import type { ChatRecords } from '../../chat-records.js';

/** Zones of people who have not asked for so long are forgotten, in milliseconds: 400 days. */
const KEPT_MS = 34_560_000_000;
/** Forms and suggestions must be there within three seconds, with or without the zone. */
const KNOWN_WITHIN_MS = 1000;

/** The time zones that people have named. Never fails: a zone that cannot be read is unknown. */
export class AskerZone {
  private readonly logger = new Logger(AskerZone.name);

  constructor(
    private readonly records: Pick<ChatRecords, 'saveZone' | 'zoneOf'>,
    private readonly clock: Clock,
  ) {}

  /** @returns the zone somebody named last, or '' where it is not known in time */
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

  /** Remembers the zone that somebody named. */
  async remember(user: string, timeZone: string): Promise<void> {
    try {
      await this.records.saveZone('discord', user, timeZone, this.clock.now() + KEPT_MS);
    } catch (error) {
      this.logger.warn({ err: error }, 'a time zone could not be remembered');
    }
  }
}
