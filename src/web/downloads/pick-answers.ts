import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isAppError } from '../../jobs/app-error.js';
import { Clock } from '../../jobs/clock.port.js';
import { html } from '../../jobs/wording/html.js';
import { problemOf } from '../http/problem.js';
import { seeOther, sendJson, sendPage } from '../http/reply.js';
import { signalOf } from '../http/request-signal.js';
import { wantsJson } from '../http/wants-json.js';
import { JobPaths } from '../jobs/job-paths.js';
import { messagePage } from '../pages/message-page.js';
import { chosenIn } from './chosen-numbers.js';
import type { ReadyJob } from './ready-job.js';
import { SharedImages } from './shared-images.js';

/** Answers forms in which images are chosen. */
@Injectable()
export class PickAnswers {
  constructor(
    private readonly shared: SharedImages,
    private readonly paths: JobPaths,
    private readonly clock: Clock,
  ) {}

  /** Redirects to the zip of the chosen images; programs get its address. @throws AppError `choice.…` */
  async pick(ready: ReadyJob, request: Request, response: Response): Promise<void> {
    const { numbers } = chosenIn(request.body);
    const listing = await this.shared.listing(ready, signalOf(response));
    const path = this.paths.picked(ready, this.shared.choiceOf(ready, listing, numbers));
    if (wantsJson(request)) sendJson(response, 200, { url: this.paths.absolute(path) });
    else seeOther(response, path);
  }

  /**
   * Answers a refused choice of a browser with a page that leads back.
   * @throws `error` for programs, and if it is another one
   */
  refuse(ready: ReadyJob, error: unknown, request: Request, response: Response): void {
    const isRefusal = isAppError(error) && error.code.startsWith('choice.');
    if (!isRefusal || wantsJson(request)) throw error;
    const { status, title, detail } = problemOf(error, this.clock);
    const back = html`<a class="button primary" href="${this.paths.ofReader(ready)}">Back to the images</a>`;
    sendPage(response, status, messagePage(title, detail, back));
  }
}
