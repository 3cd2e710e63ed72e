import { lookup, Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { addressesInHostsFile } from './hosts-file.js';
import { TaskLimiter } from './limited.js';
import { NameResolver } from './name-resolver.port.js';

/**
 * `dns.lookup` holds one of the four threads of libuv's pool, which serves files too: two lookups may run at
 * a time.
 */
const LOOKUPS_AT_A_TIME = 2;
const QUERY_TIMEOUT_MS = 2000;
const QUERY_TRIES = 2;

/** Every name below it is this machine, which browsers know and some systems do not. */
const LOCALHOST = /(?:^|\.)localhost$/;
const LOOPBACK = ['127.0.0.1', '::1'] as const;

/**
 * Resolves names as the machine's browsers would: hosts file, then DNS over sockets. Only names that both do
 * not know go to the system's own lookup (mDNS, search domains), which holds a thread. Names that end in
 * `localhost` are never looked up.
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
@Injectable()
export class SystemNameResolver extends NameResolver {
  private readonly dns = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  private readonly lookups = new TaskLimiter(LOOKUPS_AT_A_TIME);
  private readonly underWay = new Map<string, Promise<readonly string[]>>();

  /** @param hostsFile the machine's hosts file; an unreadable one counts as empty */
  constructor(private readonly hostsFile = '/etc/hosts') {
    super();
  }

  override resolve(hostname: string): Promise<readonly string[]> {
    const running = this.underWay.get(hostname);
    if (running !== undefined) return running;
    const started = this.ask(hostname).finally(() => this.underWay.delete(hostname));
    this.underWay.set(hostname, started);
    return started;
  }

  private async ask(hostname: string): Promise<readonly string[]> {
    const local = addressesInHostsFile(await this.readHosts(), hostname);
    if (local.length > 0) return local;
    if (LOCALHOST.test(hostname)) return LOOPBACK;
    const fromDns = hostname.includes('.') ? await this.askDns(hostname) : [];
    return fromDns.length > 0 ? fromDns : this.askSystem(hostname);
  }

  private async readHosts(): Promise<string> {
    // Without the file (other systems, chroots) the system's lookup below still answers.
    return readFile(this.hostsFile, 'utf8').catch(() => '');
  }

  /**
   * Queries both families at once; a family that fails counts as empty, since the system's lookup comes last.
   */
  private async askDns(hostname: string): Promise<string[]> {
    const answers = await Promise.allSettled([this.dns.resolve4(hostname), this.dns.resolve6(hostname)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  }

  private async askSystem(hostname: string): Promise<readonly string[]> {
    const found = await this.lookups.run(() => lookup(hostname, { all: true, order: 'ipv4first' }));
    return found.map(({ address }) => address);
  }
}
