import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { JobQueue } from '../jobs/job-queue.port.js';
import { RUN_DEPENDENCIES, type RunDependencies } from './run-dependencies.js';
import { runJob } from './run-job.js';

/** Runs jobs while the process lives, if its ROLES include `worker`. */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly queue: JobQueue,
    @Inject(RUN_DEPENDENCIES) private readonly deps: RunDependencies,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /** @throws AppError if another worker holds the jobs */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.roles.includes('worker')) return;
    await this.queue.start((id, signal) => runJob(id, signal, this.deps));
  }

  /** Hands the running jobs back before anything they need is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.stop();
  }
}
