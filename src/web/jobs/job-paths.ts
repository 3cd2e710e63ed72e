import { Injectable } from '@nestjs/common';
import { Links } from '../../expiry/links.js';
import type { Job } from '../../jobs/job.js';
import { JobTokens } from '../../jobs/job-tokens.js';
import { fileTitle } from '../../jobs/wording/what-text.js';

/** Paths of a job, so that pages work under any host name. */
@Injectable()
export class JobPaths {
  constructor(
    private readonly links: Links,
    private readonly tokens: JobTokens,
  ) {}

  /** The asker's page. */
  page(job: Job): string {
    return `/jobs/${this.tokens.publicId(job.id)}`;
  }

  /** The page of the shared link. */
  download(job: Job): string {
    return `/d/${this.tokens.linkToken(job.id)}`;
  }

  /** The zip. */
  archive(job: Job): string {
    return `${this.download(job)}/${lastPart(this.links.archive(job.id, fileTitle(job.request)))}`;
  }

  /** The form, filled in with the same request. */
  again(job: Job): string {
    return `/again/${lastPart(this.links.again(job.request))}`;
  }

  /** The absolute address to share. */
  shared(job: Job): string {
    return this.links.download(job.id);
  }
}

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
