import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigModule } from '../../../src/config/config.module.js';
import { type Environment, parseSettings } from '../../../src/config/parse-settings.js';
import { SETTINGS_TOKEN, type Settings } from '../../../src/config/settings.js';
import { Secrets } from '../../../src/config/secrets.js';
import { LinksModule } from '../../../src/expiry/links.module.js';
import { Clock } from '../../../src/jobs/clock.port.js';
import type { JobId } from '../../../src/jobs/job.js';
import { JobQueue } from '../../../src/jobs/job-queue.port.js';
import { JobStore } from '../../../src/jobs/job-store.port.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import { JobsModule } from '../../../src/jobs/jobs.module.js';
import { StorageModule } from '../../../src/storage/storage.module.js';
import { ConfirmByLink } from '../../../src/notifications/consent/confirm-by-link.js';
import { EmailConfirmations } from '../../../src/notifications/consent/email-confirmations.js';
import { MailFolder } from '../../../src/notifications/mail/mail-folder.js';
import { NeverMail } from '../../../src/notifications/consent/never-mail.js';
import { ListeningAddress } from '../../../src/expiry/listening-address.js';
import { configureWeb, type ClientDeadlines } from '../../../src/web/configure-web.js';
import type { PublicJob } from '../../../src/presenting/public-job.js';
import { WebModule } from '../../../src/web/web.module.js';
import { ArchiveStore } from '../../../src/zipping/archive-store.port.js';
import { ZippingModule } from '../../../src/zipping/zipping.module.js';
import { Global, Module } from '@nestjs/common';
import { TestClock } from '../test-clock.js';
import '../quiet-logs.js';

/** A queue that only records the scheduled jobs: none runs. */
export class IdleQueue extends JobQueue {
  readonly scheduled: JobId[] = [];

  override async start(): Promise<void> {}

  override async schedule(id: JobId): Promise<void> {
    this.scheduled.push(id);
  }

  override async stop(): Promise<void> {}

  override async ping(): Promise<void> {}
}

@Global()
@Module({
  providers: [{ provide: JobQueue, useClass: IdleQueue }],
  exports: [JobQueue],
})
class IdleQueueModule {}

/** Providers of the mail pages, without the pump that sends. */
@Global()
@Module({
  imports: [LinksModule],
  providers: [
    NeverMail,
    EmailConfirmations,
    ConfirmByLink,
    {
      provide: MailFolder,
      inject: [SETTINGS_TOKEN],
      useFactory: ({ dataDir }: Settings) => new MailFolder(join(dataDir, 'mail')),
    },
  ],
  exports: [NeverMail, EmailConfirmations, ConfirmByLink, MailFolder],
})
class MailPartsModule {}

/** The web door on a free port, over a real SQLite file and archives on disk; no job runs. */
export class WebApp {
  private constructor(
    readonly app: NestExpressApplication,
    readonly clock: TestClock,
    readonly url: string,
    private readonly dataDir: string,
  ) {}

  /** @param patience shorter deadlines than the product's, so that tests of them are fast */
  static async start(
    environment: Environment = {},
    clock = new TestClock(),
    patience?: ClientDeadlines,
  ): Promise<WebApp> {
    const dataDir = await mkdtemp(join(tmpdir(), 'image-job-web-'));
    const { settings } = parseSettings({ DATA_DIR: dataDir, PORT: '0', ...environment });
    const secrets = new Secrets(['a secret of the tests']);
    const built = await Test.createTestingModule({
      imports: [
        ConfigModule.of(settings, secrets),
        JobsModule,
        StorageModule,
        IdleQueueModule,
        MailPartsModule,
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
    configureWeb(app, patience);
    await app.listen(0, '127.0.0.1');
    app.get(ListeningAddress).listensOn(Number(new URL(await app.getUrl()).port));
    return new WebApp(app, clock, await app.getUrl(), dataDir);
  }

  get store(): JobStore {
    return this.app.get(JobStore);
  }

  get archives(): ArchiveStore {
    return this.app.get(ArchiveStore, { strict: false });
  }

  get tokens(): JobTokens {
    return this.app.get(JobTokens);
  }

  get queue(): IdleQueue {
    const queue = this.app.get(JobQueue);
    if (!(queue instanceof IdleQueue)) throw new TypeError('The tests run with another queue.');
    return queue;
  }

  /** Requests `path` without following redirects. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { redirect: 'manual', ...init });
  }

  /** The job in a JSON response. */
  async jobIn(response: Response): Promise<PublicJob> {
    return (await response.json()) as PublicJob;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
