import { Injectable } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import type { JobId } from '../jobs/job.js';
import { openText, sealText } from './sealed-text.js';

const PURPOSE = 'confirm-link';

/** An address whose owner was asked for consent to notices, and the job it was asked for. */
export interface AskedAddress {
  readonly address: string;
  readonly jobId: JobId;
}

/** Makes and opens the tokens of confirm links. They never expire and reveal neither address nor job. */
@Injectable()
export class ConfirmTokens {
  constructor(private readonly secrets: Secrets) {}

  /** @returns a token for `asked` */
  make({ address, jobId }: AskedAddress): string {
    return sealText(JSON.stringify([address, jobId]), PURPOSE, this.secrets);
  }

  /** @returns the sealed address and job, or null for a token that was not made here */
  open(token: string): AskedAddress | null {
    const text = openText(token, PURPOSE, this.secrets);
    if (text === null) return null;
    // Only `make` can create a token that opens, so its shape is known.
    const [address, jobId] = JSON.parse(text) as [string, JobId];
    return { address, jobId };
  }
}
