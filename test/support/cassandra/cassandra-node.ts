import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JAVA_FLAGS } from './cassandra-flags.ts';

/** Paths, addresses and ring position of one node. */
export interface NodePlan {
  readonly java: string;
  /** Folder of the server's jars. */
  readonly lib: string;
  readonly dir: string;
  readonly address: string;
  readonly nativePort: number;
  readonly storagePort: number;
  readonly token: string;
  readonly ringDelayMs: number;
  /** Additional lines of cassandra.yaml. */
  readonly yaml: readonly string[];
}

const READY = 'Starting listening for CQL clients';
const READY_DEADLINE_MS = 180_000;
const POLL_MS = 50;

const LOGBACK = `<configuration>
  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%-5level %date{ISO8601} %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="OUT" /></root>
</configuration>`;

/** One Cassandra process in its own process group. */
export class CassandraNode {
  private child: ChildProcess | null = null;
  private readonly plan: NodePlan;

  constructor(plan: NodePlan) {
    this.plan = plan;
    mkdirSync(plan.dir, { recursive: true });
    writeFileSync(join(plan.dir, 'logback.xml'), LOGBACK);
    writeFileSync(join(plan.dir, 'cassandra.yaml'), yamlOf(plan));
  }

  /** `address:port` for clients. */
  get contactPoint(): string {
    return `${this.plan.address}:${this.plan.nativePort}`;
  }

  /** Starts the process and waits until it accepts clients. @throws Error with the end of its log */
  async start(): Promise<void> {
    const log = openSync(this.logFile, 'w');
    const child = spawn(this.plan.java, argumentsOf(this.plan), {
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    const giveUpAt = performance.now() + READY_DEADLINE_MS;
    while (!this.log().includes(READY)) {
      if (child.exitCode !== null || child.signalCode !== null || performance.now() > giveUpAt) {
        await this.kill();
        throw new Error(`Cassandra did not start:\n${this.log().slice(-3000)}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** Suspends the process, like a machine that hangs. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  /** Resumes a suspended process. */
  resume(): void {
    this.signal('SIGCONT');
  }

  /** Kills the process and waits until it is gone. May be called twice. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    this.signal('SIGKILL');
    await gone;
    this.child = null;
  }

  /** Kills the process without waiting, for the exit of the test process. */
  killAtOnce(): void {
    if (this.child !== null) this.signal('SIGKILL');
  }

  private get logFile(): string {
    return join(this.plan.dir, 'server.log');
  }

  private log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  private signal(signal: NodeJS.Signals): void {
    const pid = this.child?.pid;
    const isGone = this.child === null || this.child.exitCode !== null || this.child.signalCode !== null;
    if (pid !== undefined && !isGone) process.kill(-pid, signal);
  }
}

function argumentsOf({ lib, dir, ringDelayMs }: NodePlan): string[] {
  const agent = readdirSync(lib).find((name) => name.startsWith('jamm-'));
  return [
    ...JAVA_FLAGS,
    `-javaagent:${join(lib, agent ?? 'jamm')}`,
    `-Dcassandra.storagedir=${dir}`,
    `-Dcassandra.triggers_dir=${join(dir, 'triggers')}`,
    `-Dcassandra.config=file:${join(dir, 'cassandra.yaml')}`,
    `-Dcassandra.ring_delay_ms=${ringDelayMs}`,
    `-Dlogback.configurationFile=${join(dir, 'logback.xml')}`,
    '-cp',
    join(lib, '*'),
    'org.apache.cassandra.service.CassandraDaemon',
  ];
}

function yamlOf({ address, nativePort, storagePort, token, yaml }: NodePlan): string {
  return [
    'cluster_name: image-job-tests',
    'num_tokens: 1',
    `initial_token: "${token}"`,
    'auto_bootstrap: false',
    'partitioner: org.apache.cassandra.dht.Murmur3Partitioner',
    'commitlog_sync: periodic',
    'commitlog_sync_period: 10000ms',
    'endpoint_snitch: SimpleSnitch',
    'seed_provider: [{class_name: org.apache.cassandra.locator.SimpleSeedProvider, parameters: [{seeds: "127.0.0.1"}]}]',
    `listen_address: ${address}`,
    `rpc_address: ${address}`,
    `storage_port: ${storagePort}`,
    'start_native_transport: true',
    `native_transport_port: ${nativePort}`,
    'auto_snapshot: false',
    ...yaml,
  ].join('\n');
}
