import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Links } from '../../expiry/links.js';
import type { ChoiceText } from '../../jobs/choice/choice-text.js';
import { fileTitle } from '../../jobs/wording/what-text.js';
import { ArchiveStore, type ByteRange, storedName } from '../../zipping/archive-store.port.js';
import { PickedArchives } from '../../zipping/picking/picked-archives.js';
import { partsWithin, type PickedZip } from '../../zipping/picking/picked-zip.js';
import { archiveFileName, attachment } from '../http/content-disposition.js';
import { entityTag } from '../http/entity-tag.js';
import { sendRanged } from '../http/ranged-content.js';
import { signalOf } from '../http/request-signal.js';
import type { ReadyJob } from './ready-job.js';
import { SharedImages } from './shared-images.js';
import { sendParts, sendStored } from './stored-object.js';

/** Streams archives and zips of chosen images, whole or as ranges. */
@Injectable()
export class ArchiveResponse {
  constructor(
    private readonly store: ArchiveStore,
    private readonly links: Links,
    private readonly shared: SharedImages,
    private readonly picked: PickedArchives,
  ) {}

  /**
   * Answers a GET or HEAD for the archive of a ready job.
   * @throws AppError `archive.not_found` before any byte
   */
  async send({ job, archive }: ReadyJob, request: Request, response: Response): Promise<void> {
    const content = {
      bytes: archive.bytes,
      tag: entityTag(archive.sha256),
      headers: this.headersOf({ job }),
      send: (range: ByteRange | null) => sendStored(this.store, storedName(job, archive), range, response),
    };
    await sendRanged(content, request, response);
  }

  /**
   * Answers a GET or HEAD for the zip of chosen images.
   * @throws AppError `choice.…`, `archive.not_found`, `archive.failed` before any byte
   */
  async sendChosen(ready: ReadyJob, choice: ChoiceText, request: Request, response: Response): Promise<void> {
    const signal = signalOf(response);
    const listing = await this.shared.listing(ready, signal);
    this.shared.check(ready, listing, choice);
    const zip = await this.picked.plan(listing, choice, signal);
    const content = {
      bytes: zip.bytes,
      tag: tagOf(ready, choice, zip),
      headers: this.headersOf(ready),
      send: (range: ByteRange | null) => {
        const { parts, rest } = partsWithin(zip, range);
        return sendParts(this.store, { name: listing.zip.name, parts, rest }, response);
      },
    };
    await sendRanged(content, request, response);
  }

  private headersOf({ job: { request } }: Pick<ReadyJob, 'job'>): Record<string, string> {
    const title = fileTitle(request);
    return {
      'Cache-Control': 'no-store',
      'Content-Disposition': attachment(archiveFileName(title), this.links.archiveName(title)),
      'Content-Type': 'application/zip',
    };
  }
}

/** The manifests are made by this version of the program, so their digest is part of the tag. */
function tagOf({ archive }: ReadyJob, choice: ChoiceText, { restSha256 }: PickedZip): string {
  return entityTag(`${archive.sha256}.${choice}.${restSha256.slice(0, 16)}`);
}
