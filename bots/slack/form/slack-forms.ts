import { Logger } from '@nestjs/common';
import type { ChatRequests } from '../../conversation/chat-requests.js';
import { formFailedReply } from '../../conversation/replies.js';
import type { SlackAnswers } from '../slack-answers.js';
import { SLACK_CALL_WITHIN_MS, type SlackApi } from '../api/slack-api.js';
import { formView } from './slack-form.js';
import type { SlackOrigin } from '../slack-origin.js';
import type { SlackPeople } from '../api/slack-people.js';

/** Opens forms, prefilled from the person's profile. */
export class SlackForms {
  private readonly logger = new Logger(SlackForms.name);

  constructor(
    private readonly api: SlackApi,
    private readonly people: SlackPeople,
    private readonly answers: SlackAnswers,
    private readonly chatRequests: ChatRequests,
  ) {}

  /** Never rejects: if the form cannot be opened, the person is told what to write instead. */
  async open(origin: SlackOrigin): Promise<void> {
    const { timeZone, email } = await this.people.profile(origin.user);
    const context = { conversation: origin.conversation, timeZone: timeZone ?? '' };
    const { maxImages, engines } = this.chatRequests;
    const view = formView(context, { email, maxImages, engines });
    try {
      const signal = AbortSignal.timeout(SLACK_CALL_WITHIN_MS);
      await this.api.change(
        (client) => client.views.open({ trigger_id: origin.interactionId, view }),
        signal,
      );
    } catch (error) {
      this.logger.warn({ err: error }, 'a form could not be opened in Slack');
      await this.answers.answer(origin, formFailedReply());
    }
  }
}
