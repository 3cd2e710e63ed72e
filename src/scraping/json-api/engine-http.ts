import type { Settings } from '../../config/settings.js';
import { AddressGuard, portOf } from '../../network/address-guard.js';
import { AllowedHosts } from '../../network/allowed-hosts.js';
import { GuardedHttp } from '../../network/guarded-http.js';
import type { NameResolver } from '../../network/name-resolver.port.js';
import { productVersion } from '../../network/product-version.js';
import { userAgent } from '../../network/user-agent.js';

type EngineSettings = Pick<
  Settings,
  'allowPrivateHosts' | 'contact' | 'publicUrl' | 'openverseUrl' | 'commonsUrl'
>;

/**
 * The client for the APIs of open collections: guarded like every other, but the addresses that the operator
 * chose for them may be anywhere.
 */
export function engineHttp(settings: EngineSettings, resolver: NameResolver): GuardedHttp {
  const bases = [settings.openverseUrl, settings.commonsUrl].map((url) => new URL(url));
  const chosen = bases.map((url) => `${url.hostname}:${portOf(url)}`);
  const guard = new AddressGuard(AllowedHosts.parse([...settings.allowPrivateHosts, ...chosen]));
  return new GuardedHttp(
    guard,
    resolver,
    userAgent(productVersion(), settings.contact ?? settings.publicUrl),
  );
}
