import { ChatNotifier } from '../chat-notifier.js';

/** Tells people in Discord. */
export class DiscordNotifier extends ChatNotifier {}
