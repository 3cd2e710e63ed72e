import type { Settings } from '../../config/settings.js';
import { GuardedHttp } from '../../network/guarded-http.js';
import type { NameResolver } from '../../network/name-resolver.port.js';
import { productVersion } from '../../network/product-version.js';
import { userAgent } from '../../network/user-agent.js';
import { engineGuard, type GuardSettings } from '../engine-guard.js';

/** The client for the APIs of open collections. */
export function engineHttp(
  settings: GuardSettings & Pick<Settings, 'contact' | 'publicUrl'>,
  resolver: NameResolver,
): GuardedHttp {
  const agent = userAgent(productVersion(), settings.contact ?? settings.publicUrl);
  return new GuardedHttp(engineGuard(settings, 'collection'), resolver, agent);
}
