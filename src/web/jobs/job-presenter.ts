import { Injectable } from '@nestjs/common';
import { Links } from '../../expiry/links.js';
import { askedFilters, askedOutput } from '../../jobs/asked-fields.js';
import { wordedReport } from '../../jobs/engine-wording.js';
import type { Job } from '../../jobs/job.js';
import { JobTokens } from '../../jobs/job-tokens.js';
import { failureWording } from '../../jobs/wording.js';
import { type PublicJob, rfc3339 } from './public-job.js';

/** Shows jobs to the outside. */
@Injectable()
export class JobPresenter {
  constructor(
    private readonly links: Links,
    private readonly tokens: JobTokens,
  ) {}

  /** The job as the JSON API shows it. */
  present(job: Job): PublicJob {
    const self = this.links.jobPage(job.id);
    const { request, state, stage, delivered, shortfall } = job;
    const { engines, ...progress } = job.progress;
    const output = askedOutput(request);
    return {
      id: this.tokens.publicId(job.id),
      state,
      stage,
      query: request.query,
      count: request.count,
      dueAt: rfc3339(job.dueAt),
      startedAt: job.startedAt === null ? null : rfc3339(job.startedAt),
      timeZone: request.timeZone,
      filters: askedFilters(request),
      ...(output === null ? {} : { output }),
      progress,
      engines: engines.map(wordedReport),
      delivered,
      shortfall,
      cause: job.cause === null ? null : { code: job.cause.code, message: sentence(job) },
      download: this.downloadOf(job),
      links: { self, cancel: `${self}/cancel`, retry: `${self}/retry` },
    };
  }

  private downloadOf({ id, request, state, archive, expiresAt }: Job): PublicJob['download'] {
    if (state !== 'ready' || archive === null || expiresAt === null) return null;
    const { bytes, sha256 } = archive;
    return { url: this.links.archive(id, request.query), bytes, sha256, expiresAt: rfc3339(expiresAt) };
  }
}

function sentence({ cause }: Job): string {
  if (cause === null) return '';
  const { what, next } = failureWording(cause.code);
  return `${what} ${next}`;
}
