import { Injectable } from '@nestjs/common';
import { type AskedAddress, ConfirmTokens } from '../../expiry/confirm-tokens.js';
import { Clock } from '../../jobs/clock.port.js';
import { JobStore } from '../../jobs/job-store.port.js';
import { EmailConfirmations } from './email-confirmations.js';

/** Runs the link in the mail that asks an address to confirm. */
@Injectable()
export class ConfirmByLink {
  constructor(
    private readonly tokens: ConfirmTokens,
    private readonly confirmations: EmailConfirmations,
    private readonly store: JobStore,
    private readonly clock: Clock,
  ) {}

  /** @returns the address in a genuine link, or null; changes nothing */
  addressIn(token: string): string | null {
    return this.tokens.open(token)?.address ?? null;
  }

  /**
   * Records that the address in a link wants notices, and makes the waiting notices of its job due. Safe to
   * repeat.
   * @returns whether the token is genuine
   * @throws AppError of the store
   */
  async confirm(token: string): Promise<boolean> {
    const asked = this.tokens.open(token);
    if (asked === null) return false;
    await this.confirmations.confirm(asked.address);
    await this.bringForward(asked);
    return true;
  }

  /** Makes waiting notices due, so that the pump sends them next. */
  private async bringForward({ address, jobId }: AskedAddress): Promise<void> {
    for (const notice of await this.store.notices(jobId)) {
      const { channel, address: told } = notice.recipient;
      if (notice.status !== 'pending' || channel !== 'email' || told !== address) continue;
      const claimed = await this.store.claimNotice(notice, notice.notBefore);
      const due = { status: 'pending', notBefore: this.clock.now(), detail: 'confirmed' } as const;
      if (claimed !== null) await this.store.settleNotice(claimed, due);
    }
  }
}
