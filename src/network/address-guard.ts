import { isIP } from 'node:net';
import { AppError } from '../jobs/app-error.js';
import type { AllowedHosts } from './allowed-hosts.js';
import { canonicalHost, hostOf } from './canonical-host.js';
import { kindOfAddress, type RefusedKind } from './public-address.js';

/** Why an address was refused. */
export type RefusalReason =
  'not_a_url' | 'scheme' | 'credentials' | 'port' | 'not_a_host' | 'private_address' | 'no_address';

const PORTS = new Set([80, 443]);

/**
 * Decides which addresses may be reached: http and https on ports 80 and 443 of public addresses, and the
 * hosts that the operator allowed. Pure; every connecting component asks it about the URL, the host and each
 * resolved address.
 */
export class AddressGuard {
  /**
   * @param allowsStandIns whether names may resolve to the addresses a fake-ip proxy answers with
   *   (`ALLOW_FAKE_IP`); that proxy then decides what is reached
   */
  constructor(
    private readonly allowed: AllowedHosts,
    private readonly allowsStandIns = false,
  ) {}

  /**
   * Checks everything a URL shows before its name is resolved.
   * @param base base of a relative `url`
   * @returns the parsed URL
   * @throws AppError `network.address_refused`
   */
  checkUrl(url: string | URL, base?: URL): URL {
    const text = String(url);
    if (!URL.canParse(text, base?.href)) throw refusal('not_a_url');
    const parsed = new URL(text, base);
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw refusal('scheme');
    if (parsed.username !== '' || parsed.password !== '') throw refusal('credentials');
    this.checkHost(hostOf(parsed) ?? '', portOf(parsed));
    return parsed;
  }

  /**
   * Checks a host in any spelling and its port; a literal address is checked like a resolved one.
   * @throws AppError `network.address_refused`
   */
  checkHost(host: string, port: number): void {
    const name = canonicalHost(host);
    if (name === null) throw refusal('not_a_host');
    if (!PORTS.has(port) && !this.allowed.includes(name, port)) throw refusal('port');
    if (isIP(name) !== 0) this.checkAddresses([name], host, port);
  }

  /**
   * Checks the addresses a host resolved to. One private address among public ones refuses them all: an
   * honest site has none.
   * @throws AppError `network.address_refused`; for a resolved name, context `kind` holds the kind of the
   *   refused address
   */
  checkAddresses(addresses: readonly string[], host: string, port: number): void {
    if (addresses.length === 0) throw refusal('no_address');
    if (this.mayBePrivate(host, port)) return;
    const isName = isIP(canonicalHost(host) ?? '') === 0;
    const kinds = addresses.map(kindOfAddress).filter((kind) => kind !== 'public');
    const refused = kinds.find((kind) => !isName || !this.mayBeResolvedTo(kind));
    if (refused !== undefined) throw refusal('private_address', isName ? { kind: refused } : {});
  }

  private mayBeResolvedTo(kind: RefusedKind): boolean {
    return kind === 'stand_in' && this.allowsStandIns;
  }

  /** Whether the operator allowed this host at this port to be a private address. */
  mayBePrivate(host: string, port: number): boolean {
    const name = canonicalHost(host);
    return name !== null && this.allowed.includes(name, port);
  }
}

/** The port a URL is reached at. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function refusal(reason: RefusalReason, facts: { readonly kind?: RefusedKind } = {}): AppError {
  return new AppError('network.address_refused', { reason, ...facts });
}
