import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { IntakeModule } from '../src/intake/intake.module.js';
import { ValidationModule } from '../src/validation/validation.module.js';
import { ChatControls } from './conversation/chat-controls.js';
import { ChatRequests } from './conversation/chat-requests.js';
import { ChatRecords } from './chat-records.js';
import { BurstGate } from './conversation/burst-gate.js';

/** What all chat platforms share. */
@Module({})
export class ChatModule {
  /** @param imports modules that export JobLinks and JobPictures */
  static with(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: ChatModule,
      imports: [ValidationModule, IntakeModule, ...imports],
      providers: [ChatRecords, ChatRequests, ChatControls, BurstGate],
      exports: [
        ChatRecords,
        ChatRequests,
        ChatControls,
        BurstGate,
        ...imports.filter((entry) => typeof entry === 'function'),
      ],
    };
  }
}
