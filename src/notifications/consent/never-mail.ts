import { Injectable } from '@nestjs/common';
import { Secrets } from '../../config/secrets.js';
import { NeverMailTokens } from '../../expiry/never-mail-tokens.js';
import { Clock } from '../../jobs/clock.port.js';
import { KeyedStore } from '../../jobs/keyed-store.port.js';
import { hashedAddress } from './hashed-address.js';

const PURPOSE = 'never-mail-hash';

/** Stores keyed hashes of addresses that refuse all mail. */
@Injectable()
export class NeverMail {
  constructor(
    private readonly keyed: KeyedStore,
    private readonly tokens: NeverMailTokens,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** Whether the owner of `address` refused all mail. @throws AppError of the store */
  async isRefused(address: string): Promise<boolean> {
    for (const key of this.secrets.all(PURPOSE)) {
      if ((await this.keyed.get(hashedAddress('never_mail', address, key), this.clock.now())) !== null)
        return true;
    }
    return false;
  }

  /** Whether `token` is from a genuine "never mail me again" link; changes nothing. */
  isValid(token: string): boolean {
    return this.tokens.open(token) !== null;
  }

  /** Whether the address in the link with `token` refused all mail. @throws AppError of the store */
  async hasRefused(token: string): Promise<boolean> {
    const address = this.tokens.open(token);
    return address !== null && this.isRefused(address);
  }

  /**
   * Refuses all further mail to the address in a "never mail me again" link. Safe to repeat.
   * @returns whether the token is genuine
   * @throws AppError of the store
   */
  async refuse(token: string): Promise<boolean> {
    const address = this.tokens.open(token);
    if (address === null) return false;
    const place = hashedAddress('never_mail', address, this.secrets.current(PURPOSE));
    await this.keyed.put({ ...place, value: '', expiresAt: null });
    return true;
  }

  /**
   * Allows mail to the address in a "never mail me again" link again. Safe to repeat.
   * @returns whether the token is genuine
   * @throws AppError of the store
   */
  async allow(token: string): Promise<boolean> {
    const address = this.tokens.open(token);
    if (address === null) return false;
    for (const key of this.secrets.all(PURPOSE))
      await this.keyed.delete(hashedAddress('never_mail', address, key));
    return true;
  }
}
