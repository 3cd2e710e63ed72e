import { Injectable } from '@nestjs/common';
import type { JobId, JobRequest } from '../jobs/job.js';
import { JobTokens } from '../jobs/job-tokens.js';
import { archiveBaseName } from '../zipping/entry-names.js';
import { ConfirmTokens } from './confirm-tokens.js';
import { ListeningAddress } from './listening-address.js';
import { NeverMailTokens } from './never-mail-tokens.js';
import { RetryLinks } from './retry-link.js';

/** The absolute addresses in pages, mails and chat messages. */
@Injectable()
export class Links {
  constructor(
    private readonly address: ListeningAddress,
    private readonly jobs: JobTokens,
    private readonly retries: RetryLinks,
    private readonly neverMails: NeverMailTokens,
    private readonly confirmations: ConfirmTokens,
  ) {}

  /** The asker's page, which controls the job: not for others. */
  jobPage(id: JobId): string {
    return this.to('jobs', this.jobs.publicId(id));
  }

  /** The page to share: contact sheet and download button, no control over the job. */
  download(id: JobId): string {
    return this.to('d', this.jobs.linkToken(id));
  }

  /** The zip, with its plain file name. */
  archive(id: JobId, title: string): string {
    return this.to('d', this.jobs.linkToken(id), this.archiveName(title));
  }

  /** The name of the zip in plain ASCII, e.g. `red-panda.zip`. */
  archiveName(title: string): string {
    return `${archiveBaseName(title)}.zip`;
  }

  /** The form, filled in with `request`; valid for 30 days. */
  again(request: JobRequest): string {
    return this.to('again', this.retries.make(request));
  }

  /** The page where the owner of `address` can refuse all further mail. */
  neverMail(address: string): string {
    return this.to('never-mail', this.neverMails.make(address));
  }

  /** The page on which the owner of `address` agrees to notices, after a job named it. */
  confirmMail(address: string, jobId: JobId): string {
    return this.to('confirm-mail', this.confirmations.make({ address, jobId }));
  }

  /** The start page, with the form. */
  home(): string {
    return `${this.address.baseUrl()}/`;
  }

  private to(...segments: string[]): string {
    return [this.address.baseUrl(), ...segments].join('/');
  }
}
