import { Logger } from '@nestjs/common';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import { crossSiteGuard } from './http/cross-site-guard.js';
import { forwardingWarnings } from './http/forwarding-warnings.js';
import { parseBody } from './http/parse-body.js';
import { receiveBody } from './http/receive-body.js';
import { securityHeaders } from './http/security-headers.js';
import { WebErrorFilter } from './http/web-error.filter.js';

const MAX_BODY_BYTES = 65_536;
/**
 * Keep-alive of connections, in milliseconds. It exceeds that of proxies (mostly 60 s): a connection that we
 * close first could lose a request on its way.
 */
const KEEP_ALIVE_MS = 75_000;

/** Deadlines for sending a request, in milliseconds. Reading the answer has none. */
export interface ClientDeadlines {
  /** From the connection to the end of the headers. */
  readonly headersMs: number;
  /** From the first byte to the end of the body. */
  readonly requestMs: number;
  /** Interval of the checks of these deadlines. */
  readonly checkEveryMs: number;
}

const CLIENT_DEADLINES: ClientDeadlines = { headersMs: 10_000, requestMs: 20_000, checkEveryMs: 2000 };

/**
 * Prepares an application for the web: headers, body limits (`rawBody` keeps the raw body for signed
 * requests), the cross-site guard, error pages. Call it before `listen`, on an application made with
 * `bodyParser: false`.
 */
export function configureWeb(app: NestExpressApplication, deadlines = CLIENT_DEADLINES): void {
  const settings = app.get<Settings>(SETTINGS_TOKEN);
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trustProxy ? 1 : false);
  app.set('query parser', 'simple');
  app.set('etag', false);
  const logger = new Logger('Web');
  app.use(forwardingWarnings(settings.trustProxy, (message) => logger.warn(message)));
  app.use(securityHeaders());
  app.use(receiveBody(MAX_BODY_BYTES));
  app.use(crossSiteGuard(settings.publicUrl));
  app.use(parseBody());
  app.useGlobalFilters(new WebErrorFilter(app.get(Clock, { strict: false })));
  setDeadlines(app.getHttpServer(), deadlines);
}

function setDeadlines(server: Server, { headersMs, requestMs, checkEveryMs }: ClientDeadlines): void {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  // Nest calls `createServer` without options; the server reads this one when it begins to listen.
  Object.assign(server, { connectionsCheckingInterval: checkEveryMs });
}
