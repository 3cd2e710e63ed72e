import { Injectable } from '@nestjs/common';
import { Links } from '../../expiry/links.js';
import type { ChoiceText } from '../../jobs/choice/choice-text.js';
import type { Job } from '../../jobs/job.js';
import { JobTokens } from '../../jobs/job-tokens.js';
import { fileTitle } from '../../jobs/wording/what-text.js';

/** A job and who looks at it. */
export interface JobReader {
  readonly job: Job;
  /** `everybody`: by the shared link, which gives what the asker chose. */
  readonly reader: 'asker' | 'everybody';
}

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

  /** The zip that everybody gets. */
  archive(job: Job): string {
    return `${this.download(job)}/${this.archiveName(job)}`;
  }

  /** The whole zip, for the asker: at an address of the job page only if everybody gets less. */
  wholeArchive(job: Job): string {
    if (job.archive?.choice === undefined) return this.archive(job);
    return `${this.page(job)}/archive/${this.archiveName(job)}`;
  }

  /** The page on which a reader sees the images. */
  ofReader({ job, reader }: JobReader): string {
    return reader === 'asker' ? this.page(job) : this.download(job);
  }

  /** The zip of chosen images. */
  picked(ready: JobReader, choice: ChoiceText): string {
    return `${this.ofReader(ready)}/pick/${choice}/${this.archiveName(ready.job)}`;
  }

  /** The absolute address of one of our paths. */
  absolute(path: string): string {
    return this.links.home() + path.slice(1);
  }

  /** The form, filled in with the same request. */
  again(job: Job): string {
    return `/again/${lastPart(this.links.again(job.request))}`;
  }

  /** The absolute address to share. */
  shared(job: Job): string {
    return this.links.download(job.id);
  }

  private archiveName({ request }: Job): string {
    return this.links.archiveName(fileTitle(request));
  }
}

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
