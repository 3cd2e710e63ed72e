import { Module } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AddressGuard } from './address-guard.js';
import { AllowedHosts } from './allowed-hosts.js';
import { GuardedHttp } from './guarded-http.js';
import { NameResolver } from './name-resolver.port.js';
import { productVersion } from './product-version.js';
import { SystemNameResolver } from './system.name-resolver.js';
import { userAgent } from './user-agent.js';

/** The only way out to addresses that come from search results. */
@Module({
  providers: [
    { provide: NameResolver, useFactory: () => new SystemNameResolver() },
    {
      provide: AddressGuard,
      inject: [SETTINGS_TOKEN],
      useFactory: ({ allowPrivateHosts, allowFakeIp }: Settings) =>
        new AddressGuard(AllowedHosts.parse(allowPrivateHosts), allowFakeIp),
    },
    {
      provide: GuardedHttp,
      inject: [AddressGuard, NameResolver, SETTINGS_TOKEN],
      useFactory: (guard: AddressGuard, resolver: NameResolver, settings: Settings) =>
        new GuardedHttp(guard, resolver, userAgent(productVersion(), settings.contact ?? settings.publicUrl)),
    },
  ],
  exports: [AddressGuard, GuardedHttp, NameResolver],
})
export class NetworkModule {}
