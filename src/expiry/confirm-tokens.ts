import { Injectable } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import type { JobId } from '../jobs/job.js';
import { openText, sealText } from './sealed-text.js';

const PURPOSE = 'confirm-link';

/** An address that was asked whether it wants notices, and the job in question. */
export interface AskedAddress {
  readonly address: string;
  readonly jobId: JobId;
}

/** Tokens of the links that confirm an address. They work for ever, and reveal neither address nor job. */
@Injectable()
export class ConfirmTokens {
  constructor(private readonly secrets: Secrets) {}

  /** @returns a token for `asked` */
  make({ address, jobId }: AskedAddress): string {
    return sealText(JSON.stringify([address, jobId]), PURPOSE, this.secrets);
  }

  /** @returns the address and the job, or null if the token was not made here */
  open(token: string): AskedAddress | null {
    const text = openText(token, PURPOSE, this.secrets);
    if (text === null) return null;
    // Only this service can make a token that opens, so its content is what `make` put in.
    const [address, jobId] = JSON.parse(text) as [string, JobId];
    return { address, jobId };
  }
}
