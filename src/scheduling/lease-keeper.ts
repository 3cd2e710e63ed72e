import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { AppError } from '../jobs/app-error.js';
import type { WorkerLease } from '../jobs/worker-lease.port.js';

/** Handlers for losing and regaining the right to run jobs. */
export interface LeaseListener {
  /** Another process has the lease: no job may continue here. */
  onLost(): void;
  /** This process has the lease again. */
  onRegained(): void;
}

/** Holds the worker lease while this process runs jobs. */
export class LeaseKeeper {
  private readonly logger = new Logger(LeaseKeeper.name);
  private readonly owner = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  private readonly leaving = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private isHeld = false;

  constructor(
    private readonly lease: WorkerLease,
    private readonly listener: LeaseListener,
  ) {}

  /** Takes the lease and keeps it. @throws AppError `queue.taken` if another process runs the jobs */
  async acquire(): Promise<void> {
    const answer = await this.lease.acquire(this.owner, this.leaving.signal);
    if (!answer.isHeld) throw new AppError('queue.taken', { holder: answer.holder });
    this.isHeld = true;
    this.renewLater();
  }

  /** Releases the lease, if this process holds it. */
  async leave(): Promise<void> {
    this.leaving.abort();
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.isHeld) await this.lease.release(this.owner);
    this.isHeld = false;
  }

  private renewLater(): void {
    if (this.leaving.signal.aborted) return;
    this.timer = setTimeout(() => void this.renew(), this.lease.renewEveryMs);
    this.timer.unref();
  }

  private async renew(): Promise<void> {
    try {
      if (this.isHeld) await this.stay();
      else await this.comeBack();
    } catch (error) {
      this.logger.warn({ err: error }, 'the worker lease could not be renewed; trying again');
    }
    this.renewLater();
  }

  private async stay(): Promise<void> {
    this.isHeld = await this.lease.renew(this.owner);
    if (this.isHeld) return;
    this.logger.error('another process runs the jobs now; handing everything back');
    this.listener.onLost();
  }

  private async comeBack(): Promise<void> {
    const { isHeld } = await this.lease.acquire(this.owner, this.leaving.signal);
    this.isHeld = isHeld;
    if (isHeld) this.listener.onRegained();
  }
}
