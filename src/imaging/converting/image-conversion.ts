import { availableParallelism } from 'node:os';
import type { ImageMemory } from '../image-memory.js';
import { ImageProcessGone } from '../child-process/image-process.js';
import { ConversionRefused, type Converted } from './converter-messages.js';
import {
  type ConversionTask,
  type ConverterOptions,
  type ConverterProcess,
  startConverter,
} from './converter-process.js';

/** The threads of libuv's pool in the converter's process. */
const MAX_AT_A_TIME = 4;
const DEADLINE_MS = 60_000;

/**
 * Converts the images of one archive in a process of its own, some side by side. Images that were in it when it
 * crashed are tried once more one by one, so that only the one that crashes it is refused.
 */
export class ImageConversion {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private converter: ConverterProcess | null = null;
  /** The one in which an image is tried alone. */
  private single: ConverterProcess | null = null;
  private lastAlone: Promise<unknown> = Promise.resolve();
  private hasEnded = false;

  /** @param memory shared with every other process for images */
  constructor(
    private readonly memory: ImageMemory,
    private readonly options: ConverterOptions = { deadlineMs: DEADLINE_MS },
  ) {}

  /** @throws ConversionRefused where the image cannot be converted; ImageProcessGone after `end` */
  async convert(task: ConversionTask): Promise<Converted> {
    await this.place();
    try {
      return await this.live().run(task);
    } catch (error) {
      if (!(error instanceof ImageProcessGone) || this.hasEnded) throw error;
      const again = this.lastAlone.then(() => this.alone(task));
      this.lastAlone = again.catch(() => null);
      return await again;
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  /** Ends the process; whatever is not converted yet throws. */
  end(): void {
    this.hasEnded = true;
    this.converter?.end();
    this.single?.end();
  }

  /** Waits until fewer than the machine's threads are at work. */
  private async place(): Promise<void> {
    if (this.running >= Math.min(availableParallelism(), MAX_AT_A_TIME))
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
  }

  private live(): ConverterProcess {
    if (this.hasEnded) throw new ImageProcessGone('image converter');
    if (this.converter?.isAlive !== true) this.converter = startConverter(this.options, this.memory);
    return this.converter;
  }

  private async alone(task: ConversionTask): Promise<Converted> {
    if (this.hasEnded) throw new ImageProcessGone('image converter');
    const single = startConverter(this.options, this.memory);
    this.single = single;
    try {
      return await single.run(task);
    } catch (error) {
      throw error instanceof ImageProcessGone && !this.hasEnded
        ? new ConversionRefused('crashed the converter')
        : error;
    } finally {
      single.end();
    }
  }
}
