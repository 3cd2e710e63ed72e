import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Links } from '../../expiry/links.js';
import type { Archive, Job } from '../../jobs/job.js';
import { fileTitle } from '../../jobs/wording/what-text.js';
import { type ArchiveName, ArchiveStore, type ByteRange } from '../../zipping/archive-store.port.js';
import { parseByteRange } from '../http/byte-range.js';
import { archiveFileName, attachment } from '../http/content-disposition.js';
import { allowsRange, entityTag, isNamedBy } from '../http/entity-tag.js';
import { sendStored } from './stored-object.js';

/** Streams archives, whole or as ranges. */
@Injectable()
export class ArchiveResponse {
  constructor(
    private readonly store: ArchiveStore,
    private readonly links: Links,
  ) {}

  /**
   * Answers a GET or HEAD for the archive of a ready job.
   * @throws AppError `archive.not_found` before any byte
   */
  async send(job: Job, archive: Archive, request: Request, response: Response): Promise<void> {
    const tag = entityTag(archive.sha256);
    const title = fileTitle(job.request);
    response.set({
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'no-store',
      'Content-Disposition': attachment(archiveFileName(title), this.links.archiveName(title)),
      ETag: tag,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex, nofollow, noarchive',
    });
    if (isNamedBy(request.headers['if-none-match'], tag)) return void response.status(304).end();
    const range = rangeOf(request, archive.bytes, tag);
    if (range === 'unsatisfiable')
      return void response.status(416).set('Content-Range', `bytes */${archive.bytes}`).end();
    await this.stream(job, archive, range, response);
  }

  private async stream(
    job: Job,
    { name, bytes }: Archive,
    range: ByteRange | null,
    response: Response,
  ): Promise<void> {
    const { start, end } = range ?? { start: 0, end: bytes - 1 };
    if (range !== null) response.status(206).set('Content-Range', `bytes ${start}-${end}/${bytes}`);
    response.set({ 'Content-Type': 'application/zip', 'Content-Length': String(end - start + 1) });
    await sendStored(this.store, nameWithin(job, name), range, response);
  }
}

/** Ranges are defined for GET only. */
function rangeOf(request: Request, bytes: number, tag: string): ByteRange | 'unsatisfiable' | null {
  const { range, 'if-range': ifRange } = request.headers;
  if (request.method !== 'GET' || !allowsRange(headerText(ifRange), tag)) return null;
  return parseByteRange(range, bytes);
}

function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(',') : value;
}

/** The key comes from the job's id, whatever the record says. */
function nameWithin({ id }: Job, name: string): ArchiveName {
  return `${id}/${name.slice(name.lastIndexOf('/') + 1)}`;
}
