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

/** Adds Chrome's own errors to those of chromedriver, which otherwise drops them. */
const ARGUMENTS = ['--port=0', '--enable-chrome-logs'];

/** A running chromedriver and all processes it started, in a separate process group and folder. */
export class DriverProcess {
  private constructor(
    readonly folder: ThrowawayFolder,
    private readonly child: DriverChild,
    /** The error output of chromedriver and Chrome. */
    readonly output: OutputTail,
    readonly url: string,
  ) {
    process.once('exit', this.killAtExit);
  }

  /**
   * Starts chromedriver on a free port. As root it runs as `nobody`, so that Chrome's sandbox stays on.
   * @throws FailedStart `browser.missing` if it cannot be run, `browser.crashed` if it does not come up
   */
  static async start(program: string, timeoutMs: number): Promise<DriverProcess> {
    try {
      return await DriverProcess.startOnce(program, timeoutMs);
    } catch (error) {
      if (!isAppError(error, 'browser.crashed')) throw error;
      // Another process may take the port that chromedriver chose; a second try chooses another one.
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
    // The number belongs to the group for sure only until its leader is reaped.
    return this.isRunning ? (this.child.pid ?? null) : null;
  }

  /** The last resort at the exit of the process, where nothing can be awaited. */
  private readonly killAtExit = (): void => {
    if (this.group !== null) kill(-this.group);
    // A dying process still writes for a moment.
    rmSync(this.folder.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  };
}

/** Whether this process is root, and so must run Chrome as another user. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function announcedPort(child: DriverChild): Promise<number> {
  const failed = once(child, 'error').then(([error]) => {
    throw new AppError('browser.missing', { part: 'driver', problem: 'cannot be run' }, error);
  });
  const port = await Promise.race([portIn(child.stdout), failed]);
  // Keep reading the output, or chromedriver blocks one day.
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
