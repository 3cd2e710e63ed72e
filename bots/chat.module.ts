import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { IntakeModule } from '../src/intake/intake.module.js';
import type { Notifier } from '../src/notifications/notifier.port.js';
import { PresentingModule } from '../src/presenting/presenting.module.js';
import type { ChatBot } from './chat-bot.js';
import { ChatDependencies } from './chat-dependencies.js';
import type { ChatPlatformRow } from './chat-platforms.js';
import { ChatRecords } from './chat-records.js';
import { BurstGate } from './conversation/burst-gate.js';
import { ChatControls } from './conversation/chat-controls.js';
import { ChatRequests } from './conversation/chat-requests.js';

const NOTIFIERS_OF_CHATS = Symbol('Notifiers of chats');

/** The chat platforms: their ways in and their notices. */
@Module({})
export class ChatModule {
  /** Injection token of the notifiers, one for each platform. */
  static readonly notifiers = NOTIFIERS_OF_CHATS;

  /** @param imports modules that export JobPictures */
  static with(
    platforms: readonly ChatPlatformRow[],
    imports: NonNullable<ModuleMetadata['imports']>,
  ): DynamicModule {
    const bots = platforms.map(({ open }) => ({
      provide: Symbol('ChatBot'),
      inject: [ChatDependencies],
      useFactory: open,
    }));
    const notifiers = {
      provide: NOTIFIERS_OF_CHATS,
      inject: bots.map(({ provide }) => provide),
      useFactory: (...opened: readonly ChatBot[]): Notifier[] => opened.map(({ notifier }) => notifier),
    };
    return {
      module: ChatModule,
      imports: [IntakeModule, PresentingModule, ...imports],
      providers: [ChatRecords, ChatRequests, ChatControls, BurstGate, ChatDependencies, ...bots, notifiers],
      exports: [NOTIFIERS_OF_CHATS],
    };
  }
}
