import { engineUrls } from '../config/engine-settings.js';
import type { Settings } from '../config/settings.js';
import type { Engine, EngineName } from '../engines/engines.js';
import { AddressGuard, portOf } from '../network/address-guard.js';
import { AllowedHosts } from '../network/allowed-hosts.js';

/** The settings that decide which addresses a search may reach. */
export type GuardSettings = Pick<Settings, 'allowPrivateHosts' | 'allowFakeIp' | `${EngineName}Url`>;

/**
 * The guard for searching: like every other, but it also allows the addresses the operator chose for the
 * engines of a kind, wherever they are.
 */
export function engineGuard(settings: GuardSettings, kind: Engine['kind']): AddressGuard {
  const urls = engineUrls(settings, kind).map((base) => new URL(base));
  const chosen = urls.map((url) => `${url.hostname}:${portOf(url)}`);
  return new AddressGuard(
    AllowedHosts.parse([...settings.allowPrivateHosts, ...chosen]),
    settings.allowFakeIp,
  );
}
