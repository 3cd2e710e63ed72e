import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';

/** Measures and reduces the memory of a process. */
export interface ProcessMemory {
  /** Processor time since the start, in milliseconds. */
  readonly cpuMs: () => number;
  readonly residentBytes: () => number;
  /** Collects all garbage and returns free memory to the system; takes some 100 ms. */
  readonly giveBack: () => void;
}

/** Nest injection token of the ProcessMemory. */
export const PROCESS_MEMORY = Symbol('ProcessMemory');

const LOOK_EVERY_MS = 5000;
/** A process that used less of a core since the last check is idle. */
const IDLE_SHARE = 0.05;
/** Smaller growth is not worth the time. */
const WORTH_BYTES = 16e6;

/**
 * Returns memory to the system while there is little to do. V8 otherwise keeps the memory that a start or a
 * job needed for new objects, some 40 MB, until the process ends.
 */
@Injectable()
export class IdleMemory implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(IdleMemory.name);
  private timer: NodeJS.Timeout | undefined;
  private usedMs = 0;
  private restingBytes = 0;

  constructor(@Inject(PROCESS_MEMORY) private readonly memory: ProcessMemory) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Returns memory if the process was idle since the last check and has grown since the last return. */
  look(): void {
    const usedMs = this.memory.cpuMs();
    const isIdle = usedMs - this.usedMs < IDLE_SHARE * LOOK_EVERY_MS;
    this.usedMs = usedMs;
    const before = this.memory.residentBytes();
    if (!isIdle || before - this.restingBytes < WORTH_BYTES) return;
    this.memory.giveBack();
    this.restingBytes = this.memory.residentBytes();
    this.logger.debug({ before, after: this.restingBytes }, 'memory was given back');
  }
}
