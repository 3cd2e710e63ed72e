import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../src/config/settings.js';
import { JobWatcher } from '../../src/jobs/job-watcher.js';
import { ChatRecords } from '../chat-records.js';
import { JobFollower } from '../notices/job-follower.js';
import { SlackAnswers } from './slack-answers.js';
import { slackClientOptions, SlackApi } from './api/slack-api.js';
import { SlackChatPlatform } from './slack.chat-platform.js';
import { SlackActions } from './slack-actions.js';
import { SlackEntrance } from './slack-entrance.js';
import { SlackForms } from './form/slack-forms.js';
import { SlackDoor } from './gateway/slack-door.js';
import { slackLogger } from './api/slack-logger.js';
import { SlackNotifier } from './slack.notifier.js';
import { SlackPeople } from './api/slack-people.js';
import { SlackPictures } from './api/slack-pictures.js';

/** Loads bolt only where Slack is used. */
async function openApi({ slackBotToken, slackApiUrl }: Settings): Promise<SlackApi> {
  const { webApi } = await import('@slack/bolt');
  const options = { ...slackClientOptions(slackApiUrl), logger: slackLogger() };
  return new SlackApi(new webApi.WebClient(slackBotToken ?? '', options));
}

/** The Slack door and its notices. To be imported only where SLACK_BOT_TOKEN is set. */
@Module({})
export class SlackModule {
  /** What the outbox finds the notifier by. */
  static readonly notifier = SlackNotifier;

  /** @param imports the ChatModule and modules that export JobLinks and JobPictures */
  static with(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: SlackModule,
      imports,
      providers: [
        { provide: SlackApi, inject: [SETTINGS_TOKEN], useFactory: openApi },
        SlackPictures,
        SlackAnswers,
        SlackPeople,
        SlackChatPlatform,
        SlackNotifier,
        {
          provide: JobFollower,
          inject: [SlackChatPlatform, ChatRecords, JobWatcher],
          useFactory: (platform: SlackChatPlatform, records: ChatRecords, watcher: JobWatcher) =>
            new JobFollower(platform, records, watcher),
        },
        SlackActions,
        SlackForms,
        SlackDoor,
        SlackEntrance,
      ],
      exports: [SlackNotifier],
    };
  }
}
