import { AddressGuard, portOf } from '../network/address-guard.js';
import type { Settings } from '../config/settings.js';
import { AllowedHosts } from '../network/allowed-hosts.js';

/**
 * The guard for searching: like every other, but the addresses that the operator chose for engines may be anywhere.
 * @param baseUrls of the engines
 */
export function engineGuard(
  { allowPrivateHosts, allowFakeIp }: Pick<Settings, 'allowPrivateHosts' | 'allowFakeIp'>,
  baseUrls: readonly string[],
): AddressGuard {
  const chosen = baseUrls.map((base) => new URL(base)).map((url) => `${url.hostname}:${portOf(url)}`);
  return new AddressGuard(AllowedHosts.parse([...allowPrivateHosts, ...chosen]), allowFakeIp);
}
