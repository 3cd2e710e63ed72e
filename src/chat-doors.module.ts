import { Module } from '@nestjs/common';
import { CHAT_PLATFORMS } from '../bots/chat-platforms.js';
import { ChatModule } from '../bots/chat.module.js';
import { JobPictures } from '../bots/notices/job-pictures.port.js';
import type { Settings } from './config/settings.js';
import type { OtherNotifiers } from './notifications/notifications.module.js';
import { ThumbnailStrip } from './zipping/thumbnail-strip.js';
import { ZippingModule } from './zipping/zipping.module.js';

/** Provides pictures for the chat doors, which must not know the zipping room. */
@Module({
  imports: [ZippingModule],
  providers: [{ provide: JobPictures, useExisting: ThumbnailStrip }],
  exports: [JobPictures],
})
class JobPicturesModule {}

/** The chat platforms whose tokens are set, with their notifiers for the outbox; null: no token is set. */
export function chatDoors(settings: Settings): OtherNotifiers | null {
  const platforms = Object.values(CHAT_PLATFORMS).filter(({ isSetUp }) => isSetUp(settings));
  if (platforms.length === 0) return null;
  return { module: ChatModule.with(platforms, [JobPicturesModule]), notifiers: ChatModule.notifiers };
}
