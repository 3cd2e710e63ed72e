import type { App, BlockAction } from '@slack/bolt';
import type { ChatRequests } from '../../conversation/chat-requests.js';
import type { SlackActions } from '../slack-actions.js';
import { formContext, formErrors, slackFormFields } from '../form/slack-form.js';
import type { SlackForms } from '../form/slack-forms.js';
import { SLACK_COMMAND, FORM_CALLBACK, FORM_SHORTCUT, OPEN_ACTION, PRESS_ACTIONS } from '../slack-names.js';
import { ofAction, ofCommand, ofShortcut, ofView } from '../slack-origin.js';

const JOB_ID = /^[0-9a-f]{32}$/;

/** Takes everything Slack sends. Every listener acknowledges before it does anything. */
export class SlackDoor {
  constructor(
    private readonly actions: SlackActions,
    private readonly chatRequests: ChatRequests,
    private readonly forms: SlackForms,
  ) {}

  /** Adds every listener to a bolt application. */
  addTo(app: App): void {
    this.listenToCommands(app);
    this.listenToForms(app);
    this.listenToButtons(app);
  }

  /** Resolves when every acknowledged request was answered. */
  async idle(): Promise<void> {
    await this.actions.idle();
  }

  private listenToCommands(app: App): void {
    app.command(SLACK_COMMAND, async ({ ack, body }) => {
      await ack();
      const text = body.text ?? '';
      if (text.trim() === '') await this.forms.open(ofCommand(body));
      else await this.actions.command(text, ofCommand(body));
    });
    app.shortcut({ callback_id: FORM_SHORTCUT, type: 'shortcut' }, async ({ ack, shortcut }) => {
      await ack();
      await this.forms.open(ofShortcut(shortcut));
    });
  }

  private listenToForms(app: App): void {
    app.view({ callback_id: FORM_CALLBACK, type: 'view_submission' }, async ({ ack, body, view }) => {
      const { conversation, timeZone } = formContext(view.private_metadata, body.user.id);
      const fields = { timeZone, ...slackFormFields(view.state.values) };
      const checked = this.chatRequests.check(fields);
      if (!checked.ok) {
        await ack({ response_action: 'errors', errors: formErrors(checked.problems) });
        return;
      }
      await ack();
      await this.actions.form(fields, ofView(body, conversation));
    });
  }

  private listenToButtons(app: App): void {
    app.action(OPEN_ACTION, async ({ ack }) => ack());
    for (const [id, action] of Object.entries(PRESS_ACTIONS))
      app.action<BlockAction>(id, async ({ ack, body }) => {
        await ack();
        const [pressed] = body.actions;
        const jobId = pressed?.type === 'button' ? (pressed.value ?? '') : '';
        if (JOB_ID.test(jobId)) await this.actions.press(action, jobId, ofAction(body));
      });
  }
}
