import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { AppError, isAppError } from '../../jobs/app-error.js';
import { withDeadline } from './deadline.js';
import { failedStart } from './failed-start.js';
import { OutputTail } from './output-tail.js';
import { kill } from './process-tree.js';
import {
  makeThrowawayFolder,
  NOBODY,
  removeThrowawayFolder,
  type ThrowawayFolder,
} from './throwaway-folder.js';

type DriverChild = ChildProcessByStdio<null, Readable, Readable>;

/** Chrome's own errors among those of chromedriver, which else drops them. */
const ARGUMENTS = ['--port=0', '--enable-chrome-logs'];

/** A running chromedriver with everything it has started, in a process group and a folder of its own. */
export class DriverProcess {
  private constructor(
    readonly folder: ThrowawayFolder,
    private readonly child: DriverChild,
    /** What chromedriver and Chrome say of errors. */
    readonly output: OutputTail,
    readonly url: string,
  ) {
    process.once('exit', this.killAtExit);
  }

  /**
   * Starts chromedriver on a free port. As root it runs as `nobody`, so that Chrome's sandbox stays on.
   * @throws FailedStart `browser.missing` where it cannot be run, `browser.crashed` where it does not come up
   */
  static async start(program: string, timeoutMs: number): Promise<DriverProcess> {
    try {
      return await DriverProcess.startOnce(program, timeoutMs);
    } catch (error) {
      if (!isAppError(error, 'browser.crashed')) throw error;
      // Somebody else may take the port that chromedriver has chosen; a second try chooses another.
      return DriverProcess.startOnce(program, timeoutMs);
    }
  }

  private static async startOnce(program: string, timeoutMs: number): Promise<DriverProcess> {
    const folder = await makeThrowawayFolder(isRoot()).catch((error: unknown) => {
      throw failedStart('driver', error, []);
    });
    const child: DriverChild = spawn(program, ARGUMENTS, {
      cwd: folder.path,
      env: folder.environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(isRoot() ? NOBODY : {}),
    });
    const output = new OutputTail(child.stderr);
    try {
      const port = await withDeadline(announcedPort(child), timeoutMs);
      return new DriverProcess(folder, child, output, `http://127.0.0.1:${port}`);
    } catch (error) {
      await removeThrowawayFolder(folder.path, child.pid ?? null);
      throw failedStart('driver', error, await output.linesAtEnd());
    }
  }

  /** Whether chromedriver still runs. */
  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Kills chromedriver, Chrome and all they started, and removes their folder. */
  async stop(): Promise<void> {
    await removeThrowawayFolder(this.folder.path, this.group);
    process.removeListener('exit', this.killAtExit);
  }

  private get group(): number | null {
    // Only while its leader is not reaped can the number not have become somebody else's.
    return this.isRunning ? (this.child.pid ?? null) : null;
  }

  /** The last resort where nobody stopped us: nothing can be awaited any more. */
  private readonly killAtExit = (): void => {
    if (this.group !== null) kill(-this.group);
    // What dies writes on for a moment.
    rmSync(this.folder.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  };
}

/** Whether we are root, and so must hand Chrome to another user. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function announcedPort(child: DriverChild): Promise<number> {
  const failed = once(child, 'error').then(([error]) => {
    throw new AppError('browser.missing', { part: 'driver', problem: 'cannot be run' }, error);
  });
  const port = await Promise.race([portIn(child.stdout), failed]);
  // Its output is read on, or chromedriver would block one day.
  child.stdout.resume();
  return port;
}

async function portIn(output: NodeJS.ReadableStream): Promise<number> {
  const lines = createInterface({ input: output });
  for await (const line of lines) {
    const port = /started successfully on port (\d+)/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error('chromedriver ended before it listened');
}
