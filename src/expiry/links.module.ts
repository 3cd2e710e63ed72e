import { Module } from '@nestjs/common';
import { Links } from './links.js';
import { ConfirmTokens } from './confirm-tokens.js';
import { ListeningAddress } from './listening-address.js';
import { NeverMailTokens } from './never-mail-tokens.js';
import { RetryLinks } from './retry-link.js';

/** The addresses in pages, mails and chat messages. */
@Module({
  providers: [ListeningAddress, RetryLinks, NeverMailTokens, ConfirmTokens, Links],
  exports: [ListeningAddress, RetryLinks, NeverMailTokens, ConfirmTokens, Links],
})
export class LinksModule {}
