import { ChatNotifier } from '../notices/chat-notifier.js';

/** Tells people in Discord. */
export class DiscordNotifier extends ChatNotifier {}
