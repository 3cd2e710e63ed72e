import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ChoiceText } from '../../jobs/choice/choice-text.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { signalOf } from '../http/request-signal.js';
import { JobAnswers } from '../jobs/job-answers.js';
import { chosenIn } from './chosen-numbers.js';
import { PickAnswers } from './pick-answers.js';
import { type ReadyJob, ReadyJobs } from './ready-job.js';
import { SharedImages } from './shared-images.js';

/** Lets the asker choose which images everybody gets by the link. */
@Controller('jobs')
export class ChoiceController {
  constructor(
    private readonly ready: ReadyJobs,
    private readonly jobs: JobsService,
    private readonly shared: SharedImages,
    private readonly picks: PickAnswers,
    private readonly answers: JobAnswers,
  ) {}

  @Post(':id/choice')
  async choose(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const ready = await this.ready.forAsker(publicId);
    try {
      const choice = await this.choiceIn(ready, request.body, signalOf(response));
      this.answers.send(request, response, await this.jobs.choose(ready.job.id, choice));
    } catch (error) {
      this.picks.refuse(ready, error, request, response);
    }
  }

  /** @returns null if every image is chosen, so that the link gives the archive as it is */
  private async choiceIn(ready: ReadyJob, body: unknown, signal: AbortSignal): Promise<ChoiceText | null> {
    const { isAll, choice, numbers } = chosenIn(body);
    if (isAll) return null;
    const listing = await this.shared.listing(ready, signal);
    const chosen = choice ?? this.shared.choiceOf(ready, listing, numbers);
    const picked = this.shared.picked(listing, chosen);
    return picked.length === listing.entries.length ? null : chosen;
  }
}
