import { Injectable } from '@nestjs/common';
import { AppError } from '../../jobs/app-error.js';
import { type ChoiceOf, type ChoiceText, decodeChoice, encodeChoice } from '../../jobs/choice/choice-text.js';
import { ArchiveContents, type ArchiveListing } from '../../zipping/reading/archive-contents.js';
import type { ReadyJob } from './ready-job.js';

/** The images that a reader may have: the asker all of them, everybody else what the asker chose. */
@Injectable()
export class SharedImages {
  constructor(private readonly contents: ArchiveContents) {}

  /** @throws like ArchiveContents.read */
  listing({ job, archive }: ReadyJob, signal: AbortSignal): Promise<ArchiveListing> {
    return this.contents.read(job, archive, signal);
  }

  /** @returns the indexes of the reader's images, ascending from 0 */
  indexes({ archive, reader }: ReadyJob, listing: ArchiveListing): number[] {
    if (reader === 'everybody' && archive.choice !== undefined) return this.picked(listing, archive.choice);
    return [...listing.entries.keys()];
  }

  /** @returns the indexes of the images of a choice, ascending from 0. @throws AppError `choice.…` */
  picked(listing: ArchiveListing, choice: ChoiceText): number[] {
    return decodeChoice(choice, choiceOf(listing));
  }

  /** @throws AppError `choice.…` if the choice cannot be read or has images that are not the reader's */
  check(ready: ReadyJob, listing: ArchiveListing, choice: ChoiceText): void {
    const shared = new Set(this.indexes(ready, listing));
    if (!this.picked(listing, choice).every((index) => shared.has(index)))
      throw new AppError('choice.not_shared');
  }

  /**
   * The choice of images by their numbers, from 1.
   * @throws AppError `choice.empty`, `choice.no_such_image`, `choice.not_shared`
   */
  choiceOf(ready: ReadyJob, listing: ArchiveListing, numbers: readonly number[]): ChoiceText {
    if (numbers.length === 0) throw new AppError('choice.empty');
    if (!numbers.every((number) => listing.entries[number - 1] !== undefined))
      throw new AppError('choice.no_such_image');
    const indexes = numbers.map((number) => number - 1);
    const choice = encodeChoice(indexes, choiceOf(listing));
    this.check(ready, listing, choice);
    return choice;
  }
}

function choiceOf({ zip, entries }: ArchiveListing): ChoiceOf {
  return { sha256: zip.sha256, count: entries.length };
}
