import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newInspector } from '../collecting.js';

const NEVER = new AbortController().signal;

/** Decodes images given as bytes with the real decoder, one at a time. */
export class ByteInspector {
  private readonly inspector = newInspector();

  private constructor(private readonly folder: string) {}

  static async start(): Promise<ByteInspector> {
    return new ByteInspector(await mkdtemp(join(tmpdir(), 'inspecting-')));
  }

  /** @returns the result of the inspection, or the error that refused the image */
  async inspect(bytes: Buffer): Promise<unknown> {
    const path = join(this.folder, 'file');
    await writeFile(path, bytes);
    return this.inspector.inspect(path, NEVER).catch((error: unknown) => error);
  }

  async stop(): Promise<void> {
    this.inspector.onApplicationShutdown();
    await rm(this.folder, { recursive: true });
  }
}
