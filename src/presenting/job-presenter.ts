import { Injectable } from '@nestjs/common';
import { Links } from '../expiry/links.js';
import { queryName } from '../jobs/request/request-queries.js';
import { askedFilters, askedOutput } from '../jobs/request/asked-fields.js';
import { wordedReport } from '../jobs/wording/engine-wording.js';
import { failureReport, nextText } from '../jobs/wording/failure-report.js';
import { untriedOf } from '../jobs/wording/found-wording.js';
import type { Job } from '../jobs/job.js';
import { missingCount } from '../jobs/request/follow-up.js';
import { JobTokens } from '../jobs/job-tokens.js';
import { JobsService } from '../jobs/jobs.service.js';
import { type PublicJob, type PublicQuery, rfc3339 } from './public-job.js';
import { type QueryReport, queryReports, shortfallByReason } from '../jobs/wording/query-reports.js';
import { fileTitle } from '../jobs/wording/what-text.js';
import { DELETED } from '../jobs/wording/wording.js';

/** Makes the public JSON of jobs. */
@Injectable()
export class JobPresenter {
  constructor(
    private readonly links: Links,
    private readonly tokens: JobTokens,
    private readonly jobs: JobsService,
  ) {}

  /** The JSON of a job. */
  present(job: Job): PublicJob {
    const self = this.links.jobPage(job.id);
    const { request, state, stage, delivered, shortfall } = job;
    const { engines, queries: _ofQueries, ...progress } = job.progress;
    const queries = queryReports(job).map(publicQuery);
    const output = askedOutput(request);
    return {
      id: this.tokens.publicId(job.id),
      state,
      stage,
      query: request.query,
      count: request.count,
      ...(queries.length === 0 ? {} : { queries }),
      dueAt: rfc3339(job.dueAt),
      startedAt: job.startedAt === null ? null : rfc3339(job.startedAt),
      timeZone: request.timeZone,
      filters: askedFilters(request),
      ...(output === null ? {} : { output }),
      progress,
      engines: engines.map((report) => wordedReport(report, untriedOf(job))),
      delivered,
      shortfall: shortfallByReason(shortfall),
      cause: causeOf(job),
      download: this.downloadOf(job),
      links: {
        self,
        cancel: `${self}/cancel`,
        retry: `${self}/retry`,
        ...this.later(job, self),
        ...goOnLinks(job, self),
      },
    };
  }

  /** The JSON of a deleted job, for the answer to its deletion: without download. */
  presentDeleted(job: Job): PublicJob {
    return { ...this.present(job), download: null, deleted: true, message: DELETED };
  }

  private later(job: Job, self: string): Pick<PublicJob['links'], 'retryLater'> {
    return this.jobs.laterTime(job) === null ? {} : { retryLater: `${self}/retry-later` };
  }

  private downloadOf({ id, request, state, archive, expiresAt }: Job): PublicJob['download'] {
    if (state !== 'ready' || archive === null || expiresAt === null) return null;
    const { bytes, sha256 } = archive;
    return { url: this.links.archive(id, fileTitle(request)), bytes, sha256, expiresAt: rfc3339(expiresAt) };
  }
}

function publicQuery({
  query,
  engines,
  delivered,
  shortfall,
  untried,
  ...progress
}: QueryReport): PublicQuery {
  return {
    query: query.text,
    name: queryName(query),
    count: query.count,
    ...progress,
    engines: engines.map((report) => wordedReport(report, untried)),
    delivered,
    shortfall,
  };
}

function goOnLinks(job: Job, self: string): Pick<PublicJob['links'], 'missing' | 'next'> {
  if (job.state !== 'ready') return {};
  const next = `${self}/next`;
  return missingCount(job) === 0 ? { next } : { missing: `${self}/missing`, next };
}

function causeOf(job: Job): PublicJob['cause'] {
  if (job.cause === null) return null;
  const report = failureReport(job);
  const message = `${report.what} ${nextText(report, job.request.timeZone)}`;
  const again = report.askAgain === null ? {} : { askAgainAt: rfc3339(report.askAgain.at) };
  return { code: job.cause.code, message, ...again };
}
