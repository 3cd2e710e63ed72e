import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatDoors } from '../../../src/chat-doors.module.js';
import { ConfigModule } from '../../../src/config/config.module.js';
import { type Environment, parseSettings } from '../../../src/config/parse-settings.js';
import { Secrets } from '../../../src/config/secrets.js';
import { Clock } from '../../../src/jobs/clock.port.js';
import { JobQueue } from '../../../src/jobs/job-queue.port.js';
import { JobStore } from '../../../src/jobs/job-store.port.js';
import { JobsModule } from '../../../src/jobs/jobs.module.js';
import { KeyedStore } from '../../../src/jobs/keyed-store.port.js';
import { NotificationsModule } from '../../../src/notifications/notifications.module.js';
import { Outbox } from '../../../src/notifications/outbox.js';
import { StorageModule } from '../../../src/storage/storage.module.js';
import { configureWeb } from '../../../src/web/configure-web.js';
import { WebModule } from '../../../src/web/web.module.js';
import { ArchiveStore } from '../../../src/zipping/archive-store.port.js';
import { ZippingModule } from '../../../src/zipping/zipping.module.js';
import { TestClock } from '../test-clock.js';
import { IdleQueue } from '../web/web-app.js';

@Global()
@Module({ providers: [{ provide: JobQueue, useClass: IdleQueue }], exports: [JobQueue] })
class IdleQueueModule {}

/** Chat doors, web door and outbox over a real SQLite file; no job runs unless a test moves it. */
export class ChatApp {
  private constructor(
    readonly app: NestExpressApplication,
    readonly clock: TestClock,
    readonly url: string,
    private readonly dataDir: string,
    private readonly environment: Environment,
  ) {}

  /** @param dataDir of an earlier app, to reuse its records */
  static async start(environment: Environment, dataDir?: string): Promise<ChatApp> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'image-job-chat-')));
    const { settings } = parseSettings({
      DATA_DIR: folder,
      PORT: '0',
      PUBLIC_URL: 'https://pics.example',
      ...environment,
    });
    const clock = new TestClock();
    const built = await Test.createTestingModule({
      imports: [
        ConfigModule.of(settings, new Secrets(['a secret of the tests'])),
        ScheduleModule.forRoot(),
        JobsModule,
        StorageModule,
        IdleQueueModule,
        NotificationsModule.with(chatDoors(settings)),
        WebModule.with([ZippingModule]),
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    const app = built.createNestApplication<NestExpressApplication>({
      bodyParser: false,
      forceCloseConnections: true,
      ...(process.env['TEST_LOGS'] === undefined ? { logger: false as const } : {}),
    });
    configureWeb(app);
    await app.listen(0, '127.0.0.1');
    return new ChatApp(app, clock, await app.getUrl(), folder, environment);
  }

  get store(): JobStore {
    return this.app.get(JobStore);
  }

  get keyed(): KeyedStore {
    return this.app.get(KeyedStore);
  }

  get archives(): ArchiveStore {
    return this.app.get(ArchiveStore, { strict: false });
  }

  get outbox(): Outbox {
    return this.app.get(Outbox);
  }

  get scheduled(): readonly string[] {
    const queue = this.app.get(JobQueue);
    if (!(queue instanceof IdleQueue)) throw new TypeError('The tests run with another queue.');
    return queue.scheduled;
  }

  /** Stops this app and starts another with the same records. */
  async restart(): Promise<ChatApp> {
    await this.app.close();
    return ChatApp.start(this.environment, this.dataDir);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
