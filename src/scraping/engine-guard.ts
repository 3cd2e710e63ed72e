import { AddressGuard, portOf } from '../network/address-guard.js';
import { AllowedHosts } from '../network/allowed-hosts.js';

/**
 * The guard for searching: like every other, but the addresses that the operator chose for engines may be anywhere.
 * @param allowedHosts as in `ALLOW_PRIVATE_HOSTS`
 * @param baseUrls of the engines
 */
export function engineGuard(allowedHosts: readonly string[], baseUrls: readonly string[]): AddressGuard {
  const chosen = baseUrls.map((base) => new URL(base)).map((url) => `${url.hostname}:${portOf(url)}`);
  return new AddressGuard(AllowedHosts.parse([...allowedHosts, ...chosen]));
}
