import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { SETTINGS_TOKEN, type Settings } from '../src/config/settings.js';
import { Clock } from '../src/jobs/clock.port.js';
import { JobWatcher } from '../src/jobs/job-watcher.js';
import { JobLinks } from '../src/presenting/job-links.port.js';
import { ChatRecords } from './chat-records.js';
import { BurstGate } from './conversation/burst-gate.js';
import { ChatControls } from './conversation/chat-controls.js';
import { ChatRequests } from './conversation/chat-requests.js';
import { JobPictures } from './notices/job-pictures.port.js';

/** Everything that a chat platform uses of the rest of the product. */
@Injectable()
export class ChatDependencies {
  constructor(
    readonly chatRequests: ChatRequests,
    readonly controls: ChatControls,
    readonly records: ChatRecords,
    readonly links: JobLinks,
    readonly pictures: JobPictures,
    readonly watcher: JobWatcher,
    readonly clock: Clock,
    readonly burstGate: BurstGate,
    readonly http: HttpAdapterHost,
    @Inject(SETTINGS_TOKEN) readonly settings: Settings,
  ) {}
}
