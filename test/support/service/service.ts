import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startOptions } from '../../../scripts/setup/product.mjs';
import { ENGINES_NOWHERE } from '../../replica/engine-origins.ts';
import { killAllIn } from './processes.ts';

const ROOT = new URL('../../../', import.meta.url);
const FOLDER = fileURLToPath(new URL('./', import.meta.url));
/** The built service: `dist/`, or the folder in SERVICE_BUILD. */
export const BUILD = pathToFileURL(
  `${process.env['SERVICE_BUILD'] ?? fileURLToPath(new URL('dist', ROOT))}/`,
);
/** Node options of `npm start`, so that tests and benchmarks run what people run. */
const OPTIONS = startOptions(fileURLToPath(ROOT));
const LISTENS = /Image Job listens on (http:[^\s"]+)/;
const STARTS_WITHIN_MS = 60_000;
const MOST_LOG_LINES = 20_000;

/** How a process of the service ended. */
export interface ServiceExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How a service is started. */
export interface ServiceOptions {
  /** Settings in addition to those every test needs (free port, temporary folders); null removes one. */
  readonly settings?: Readonly<Record<string, string | null>>;
  /** Files of this folder to preload into the process. */
  readonly preloads?: readonly string[];
  /** Folder of the records; default: a temporary folder, removed with the service. */
  readonly dataDir?: string;
}

/**
 * Target of a kill: only the service's process, or its whole group, as when a terminal or systemd unit is
 * killed.
 */
export type KillScope = 'process' | 'group';

/**
 * The real, built service as a separate process with a temporary DATA_DIR and a free port. It can be killed,
 * stopped and started again with the same records:
 *
 *     const service = await Service.start({ settings: replica.settings });
 *     await service.kill('process');
 *     await service.startAgain();
 *     await service.remove();          // stops it and deletes its folders
 */
export class Service {
  readonly dataDir: string;
  /** Parent of the service's temporary browser folders; no other process uses it. */
  readonly tempDir: string;
  /** Lines of output since its last start. */
  readonly log: string[] = [];
  /** Settings; changes take effect at the next start. */
  settings: Readonly<Record<string, string | null>>;
  readonly #folder: string;
  readonly #preloads: readonly string[];
  #child: ChildProcess | null = null;
  #ended: Promise<ServiceExit> = Promise.resolve({ code: null, signal: null });
  #url = '';

  private constructor(folder: string, options: ServiceOptions) {
    this.#folder = folder;
    this.dataDir = options.dataDir ?? join(folder, 'data');
    this.tempDir = folder;
    this.settings = options.settings ?? {};
    this.#preloads = options.preloads ?? [];
  }

  /** Starts a service and returns when it listens. @throws Error with its output if it does not */
  static async start(options: ServiceOptions = {}): Promise<Service> {
    const service = await Service.prepare(options);
    try {
      await service.startAgain();
    } catch (error) {
      await service.remove();
      throw error;
    }
    return service;
  }

  /** Creates the folders of a service without starting it. */
  static async prepare(options: ServiceOptions = {}): Promise<Service> {
    const folder = await mkdtemp(join(tmpdir(), 'ij-'));
    // Chrome may run as another user, who needs to traverse this folder, and does not support long paths.
    await chmod(folder, 0o711);
    return new Service(folder, options);
  }

  /** Address of the service; changes with every start. */
  get url(): string {
    return this.#url;
  }

  /** Process id, which is also the id of its process group. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('the service was never started');
    return pid;
  }

  /** Settles when the process has ended in any way and all its output is in the log. */
  get ended(): Promise<ServiceExit> {
    return this.#ended;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the service with its existing records. @throws Error with its output if it does not listen */
  async startAgain(): Promise<void> {
    this.launch();
    await this.#untilItListens();
  }

  /** Starts the process without waiting for it. */
  launch(): void {
    if (this.isRunning) throw new Error('the service runs already');
    this.log.length = 0;
    this.#url = '';
    const preloads = this.#preloads.flatMap((name) => ['--import', join(FOLDER, name)]);
    const main = fileURLToPath(new URL('src/main.js', BUILD));
    const child = spawn(process.execPath, [...OPTIONS, ...preloads, main], {
      cwd: this.#folder,
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    this.#ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
    for (const output of [child.stdout, child.stderr])
      createInterface({ input: output }).on('line', (line) => this.#note(line));
  }

  /** Sends a signal without waiting. */
  signal(name: NodeJS.Signals, scope: KillScope = 'process'): void {
    process.kill(scope === 'group' ? -this.pid : this.pid, name);
  }

  /** Kills with SIGKILL and waits until the process is gone. */
  async kill(scope: KillScope = 'process'): Promise<void> {
    if (this.isRunning) this.signal('SIGKILL', scope);
    await this.#ended;
  }

  /** Sends SIGTERM and waits for the end. @returns how the process ended */
  async stop(): Promise<ServiceExit> {
    this.signal('SIGTERM');
    return this.#ended;
  }

  /** Kills the service and all its leftover processes, and deletes its folders. */
  async remove(): Promise<void> {
    await this.kill('group');
    await killAllIn(this.#folder);
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Its latest output, for error messages. */
  get output(): string {
    return this.log.slice(-60).join('\n');
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH, HOME, BROWSER_PATH, DRIVER_PATH } = process.env;
    const environment = {
      PATH,
      HOME,
      BROWSER_PATH,
      DRIVER_PATH,
      TMPDIR: this.tempDir,
      DATA_DIR: this.dataDir,
      PORT: '0',
      ENGINES: 'google',
      ...ENGINES_NOWHERE,
      SEARCH_PAUSE: '0',
      ...this.settings,
    };
    return Object.fromEntries(
      Object.entries(environment).filter(([, value]) => value !== undefined && value !== null),
    );
  }

  #note(line: string): void {
    this.log.push(line);
    if (this.log.length > MOST_LOG_LINES) this.log.shift();
    this.#url ||= LISTENS.exec(line)?.[1] ?? '';
  }

  async #untilItListens(): Promise<void> {
    const deadlineMs = performance.now() + STARTS_WITHIN_MS;
    while (this.#url === '') {
      if (!this.isRunning) throw new Error(`the service ended before it listened:\n${this.output}`);
      if (performance.now() > deadlineMs) throw new Error(`the service does not listen:\n${this.output}`);
      await sleep(5);
    }
  }
}
