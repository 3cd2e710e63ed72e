import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { type BootConfiguration, bootConfiguration } from './config/boot-configuration.js';
import type { Settings } from './config/settings.js';
import { ListeningAddress } from './expiry/listening-address.js';
import { startFailure } from './start-failure.js';
import { STDERR_LOG, stopAfterFailure, stopOnSignal } from './stop-on-signal.js';
import { configureWeb } from './web/configure-web.js';
import { RoomyExpressAdapter } from './web/http/roomy-express-adapter.js';

/**
 * Starts the service and returns when it listens. The service ends on SIGTERM or SIGINT. If it cannot start,
 * prints the reason; the process then ends with exit code 1.
 */
export async function serve(): Promise<void> {
  const configuration = bootConfiguration();
  let app: NestExpressApplication | null = null;
  try {
    app = await putTogether(configuration);
    await listen(app, configuration.settings);
  } catch (error) {
    process.stderr.write(`${startFailure(error, configuration.settings)}\n`);
    await stopAfterFailure(app, STDERR_LOG);
  }
}

async function putTogether({
  settings,
  secrets,
  warnings,
}: BootConfiguration): Promise<NestExpressApplication> {
  const root = AppModule.of(settings, secrets);
  const app = await NestFactory.create<NestExpressApplication>(root, new RoomyExpressAdapter(), {
    // Buffer log lines until our logger exists; Nest's logger is never used.
    logger: false,
    bufferLogs: true,
    bodyParser: false,
    forceCloseConnections: true,
    // Otherwise Nest ends the process without a helpful reason.
    abortOnError: false,
  });
  const logger = app.get(Logger);
  app.useLogger(logger);
  for (const warning of warnings) logger.warn(warning);
  configureWeb(app);
  stopOnSignal(app, logger);
  return app;
}

async function listen(app: NestExpressApplication, { port, host }: Settings): Promise<void> {
  await app.listen(port, host);
  const address = app.get(ListeningAddress);
  address.listensOn(Number(new URL(await app.getUrl()).port));
  app.get(Logger).log(`Image Job listens on ${address.baseUrl()}`);
}
