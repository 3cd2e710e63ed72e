import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import type { Notifier } from '../src/notifications/notifier.port.js';
import type { ChatDependencies } from './chat-dependencies.js';
import type { ChatPlatform } from './chat-platform.port.js';
import { ChatNotifier } from './notices/chat-notifier.js';
import { JobFollower } from './notices/job-follower.js';

/** Longest that open requests may take when the service stops, in milliseconds. */
const FINISH_WITHIN_MS = 3000;

/** Brings the requests of a platform in. */
export interface ChatConnection {
  /** Adds routes to the web server, which takes them only until the application is ready. */
  mount?(): void;
  /** Begins to take requests; returns at once. */
  start(): void;
  /** Takes no more requests. */
  stop(): Promise<void>;
}

/** The way in of a platform. */
export interface ChatDoor {
  /** Null: the settings for requests are missing; notices are sent all the same. */
  readonly connection: ChatConnection | null;
  /** Resolves when every acknowledged request was answered. */
  idle(): Promise<void>;
}

/** One chat platform: its notices in every process, its way in where the role `bots` is. */
export class ChatBot implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly notifier: Notifier;
  private readonly follower: JobFollower;
  private readonly stopping = new AbortController();
  private readonly door: ChatDoor | null;

  /**
   * @param openDoor called only in processes with the role `bots`; its signal ends what takes too long at a
   *   stop
   */
  constructor(platform: ChatPlatform, deps: ChatDependencies, openDoor: (stopping: AbortSignal) => ChatDoor) {
    this.notifier = new ChatNotifier(platform, deps);
    this.follower = new JobFollower(platform, deps.records, deps.watcher);
    this.door = deps.settings.roles.includes('bots') ? openDoor(this.stopping.signal) : null;
  }

  onModuleInit(): void {
    this.door?.connection?.mount?.();
  }

  onApplicationBootstrap(): void {
    if (this.door === null) return;
    this.door.connection?.start();
    this.follower.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.door === null) return;
    const timer = setTimeout(() => this.stopping.abort(), FINISH_WITHIN_MS);
    await Promise.all([this.door.connection?.stop(), this.follower.stop()]);
    await this.door.idle();
    clearTimeout(timer);
    this.stopping.abort();
  }
}
