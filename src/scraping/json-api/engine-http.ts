import type { Settings } from '../../config/settings.js';
import { GuardedHttp } from '../../network/guarded-http.js';
import type { NameResolver } from '../../network/name-resolver.port.js';
import { productVersion } from '../../network/product-version.js';
import { userAgent } from '../../network/user-agent.js';
import { engineGuard } from '../engine-guard.js';

type EngineSettings = Pick<
  Settings,
  'allowPrivateHosts' | 'allowFakeIp' | 'contact' | 'publicUrl' | 'openverseUrl' | 'commonsUrl'
>;

/** The client for the APIs of open collections. */
export function engineHttp(settings: EngineSettings, resolver: NameResolver): GuardedHttp {
  return new GuardedHttp(
    engineGuard(settings, [settings.openverseUrl, settings.commonsUrl]),
    resolver,
    userAgent(productVersion(), settings.contact ?? settings.publicUrl),
  );
}
