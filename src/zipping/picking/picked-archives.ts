import { Injectable } from '@nestjs/common';
import { type ChoiceText, decodeChoice } from '../../jobs/choice/choice-text.js';
import { untilAborted } from '../../jobs/timing/until-aborted.js';
import type { ArchiveListing } from '../reading/archive-contents.js';
import { RecentReads } from '../reading/recent-reads.js';
import { type PickedZip, pickedZip } from './picked-zip.js';

/** A client that resumes or takes parts asks for the same zip many times; one of 500 images takes 2 MB. */
const RECENT = { maxCount: 4, keepMs: 60_000 };

/** Plans the zips of choices. Plans are remembered for a minute after their last use. */
@Injectable()
export class PickedArchives {
  private readonly recent = new RecentReads<PickedZip>(RECENT);

  /** @throws AppError `choice.unreadable`, `choice.other_job`, `choice.empty`; the signal's reason */
  async plan(listing: ArchiveListing, choice: ChoiceText, signal: AbortSignal): Promise<PickedZip> {
    const { zip, entries } = listing;
    const picked = decodeChoice(choice, { sha256: zip.sha256, count: entries.length });
    const planned = this.recent.get(`${zip.name} ${zip.sha256} ${choice}`, () => pickedZip(listing, picked));
    return untilAborted(planned, signal);
  }
}
