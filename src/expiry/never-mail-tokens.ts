import { Injectable } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import { openText, sealText } from './sealed-text.js';

const PURPOSE = 'never-mail-link';

/** Tokens of the "never mail me again" links. They work for ever and do not reveal the address. */
@Injectable()
export class NeverMailTokens {
  constructor(private readonly secrets: Secrets) {}

  /** @returns a token for `address` */
  make(address: string): string {
    return sealText(address, PURPOSE, this.secrets);
  }

  /** @returns the address, or null if the token was not made here */
  open(token: string): string | null {
    return openText(token, PURPOSE, this.secrets);
  }
}
