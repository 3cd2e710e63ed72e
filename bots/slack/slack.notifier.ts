import { Injectable } from '@nestjs/common';
import { Clock } from '../../src/jobs/clock.port.js';
import { ChatNotifier } from '../notices/chat-notifier.js';
import { ChatRecords } from '../chat-records.js';
import { JobLinks } from '../notices/job-links.port.js';
import { JobPictures } from '../notices/job-pictures.port.js';
import { SlackChatPlatform } from './slack.chat-platform.js';

/** Tells people in Slack. */
@Injectable()
export class SlackNotifier extends ChatNotifier {
  constructor(
    platform: SlackChatPlatform,
    records: ChatRecords,
    links: JobLinks,
    pictures: JobPictures,
    clock: Clock,
  ) {
    super(platform, { records, links, pictures, clock });
  }
}
