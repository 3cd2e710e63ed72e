import { Logger } from '@nestjs/common';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { crossSiteGuard } from './http/cross-site-guard.js';
import { forwardingWarnings } from './http/forwarding-warnings.js';
import { securityHeaders } from './http/security-headers.js';
import { WebErrorFilter } from './http/web-error.filter.js';

const MAX_BODY_BYTES = 65_536;
/** Longer than proxies keep theirs (60 s mostly): who closes first must not be us, as the next request is on its way. */
const KEEP_ALIVE_MS = 75_000;

/**
 * Prepares an application for the web: headers, parsers with their limits (the raw body stays at hand as
 * `rawBody` for signed requests), the guard against other sites, error pages. Call it before `listen`, on an
 * application made with `bodyParser: false`.
 */
export function configureWeb(app: NestExpressApplication): void {
  const settings = app.get<Settings>(SETTINGS_TOKEN);
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trustProxy ? 1 : false);
  app.set('query parser', 'simple');
  app.set('etag', false);
  const logger = new Logger('Web');
  app.use(forwardingWarnings(settings.trustProxy, (message) => logger.warn(message)));
  app.use(securityHeaders());
  app.use(crossSiteGuard(settings.publicUrl));
  const parsers = app.getHttpAdapter();
  parsers.useBodyParser?.('json', true, { limit: MAX_BODY_BYTES, type: ['application/json', '+json'] });
  parsers.useBodyParser?.('urlencoded', true, {
    limit: MAX_BODY_BYTES,
    extended: false,
    parameterLimit: 100,
  });
  app.useGlobalFilters(new WebErrorFilter());
  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
}
