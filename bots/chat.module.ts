import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ValidationModule } from '../src/validation/validation.module.js';
import { ChatControls } from './chat-controls.js';
import { ChatDesk } from './chat-desk.js';
import { ChatRecords } from './chat-records.js';
import { Turns } from './turns.js';

/** What all chat platforms share. Needs LimitsModule in the root. */
@Module({})
export class ChatModule {
  /** @param imports modules that export JobLinks and JobPictures */
  static with(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: ChatModule,
      imports: [ValidationModule, ...imports],
      providers: [ChatRecords, ChatDesk, ChatControls, Turns],
      exports: [
        ChatRecords,
        ChatDesk,
        ChatControls,
        Turns,
        ...imports.filter((entry) => typeof entry === 'function'),
      ],
    };
  }
}
