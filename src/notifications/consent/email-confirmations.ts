import { Injectable } from '@nestjs/common';
import { Secrets } from '../../config/secrets.js';
import { Clock } from '../../jobs/clock.port.js';
import type { JobId } from '../../jobs/job.js';
import { type KeyedPlace, KeyedStore } from '../../jobs/keyed-store.port.js';
import { hashedAddress } from './hashed-address.js';

const PURPOSE = 'confirmed-hash';
const DAY_MS = 86_400_000;
/** A confirmation is valid this long: mailboxes change owners. */
const CONFIRMED_FOR_MS = 365 * DAY_MS;
/** An address that does not answer is asked at most once in this time. */
const ASKED_FOR_MS = DAY_MS;

/**
 * Stores keyed hashes of addresses that want notices and of recently asked addresses. Fails like KeyedStore.
 */
@Injectable()
export class EmailConfirmations {
  constructor(
    private readonly keyed: KeyedStore,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** Whether the owner of `address` confirmed within a year. */
  async isConfirmed(address: string): Promise<boolean> {
    for (const key of this.secrets.all(PURPOSE)) {
      const place = hashedAddress('mail_confirmed', address, key);
      if ((await this.keyed.get(place, this.clock.now())) !== null) return true;
    }
    return false;
  }

  /** Records that the owner of `address` wants notices. */
  async confirm(address: string): Promise<void> {
    const place = hashedAddress('mail_confirmed', address, this.secrets.current(PURPOSE));
    await this.keyed.put({ ...place, value: '', expiresAt: this.clock.now() + CONFIRMED_FOR_MS });
  }

  /**
   * Claims the right to ask an address; the same job may ask again.
   * @returns false if another job asked recently
   */
  async mayAsk(address: string, jobId: JobId): Promise<boolean> {
    const now = this.clock.now();
    const asked = { ...this.askedPlace(address), value: jobId, expiresAt: now + ASKED_FOR_MS };
    if (await this.keyed.putIfAbsent(asked, now)) return true;
    return (await this.keyed.get(asked, now))?.value === jobId;
  }

  /** Gives that right back if the mail that asks could not be sent. */
  async forgetAsking(address: string): Promise<void> {
    await this.keyed.delete(this.askedPlace(address));
  }

  private askedPlace(address: string): KeyedPlace {
    return hashedAddress('mail_asked', address, this.secrets.current(PURPOSE));
  }
}
