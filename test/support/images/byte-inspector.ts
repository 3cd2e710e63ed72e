import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newInspector } from '../collecting.js';

const NEVER = new AbortController().signal;

/** Has the real decoder look at images that a test has as bytes, one after the other. */
export class ByteInspector {
  private readonly inspector = newInspector();

  private constructor(private readonly folder: string) {}

  static async start(): Promise<ByteInspector> {
    return new ByteInspector(await mkdtemp(join(tmpdir(), 'inspecting-')));
  }

  /** @returns what was seen, or the error with which it was refused */
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
