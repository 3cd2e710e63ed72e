import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { type BootConfiguration, bootConfiguration } from './config/boot-configuration.js';
import { ListeningAddress } from './expiry/listening-address.js';
import { startFailure } from './start-failure.js';
import { stopOnSignal } from './stop-on-signal.js';
import { configureWeb } from './web/configure-web.js';

/**
 * Starts the service and returns when it listens; it ends by itself on SIGTERM or SIGINT. Where it cannot start,
 * says why and ends the process with 1.
 */
export async function serve(): Promise<void> {
  const configuration = bootConfiguration();
  try {
    await listen(configuration);
  } catch (error) {
    process.stderr.write(`${startFailure(error, configuration.settings)}\n`);
    process.exit(1);
  }
}

async function listen({ settings, secrets, warnings }: BootConfiguration): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.of(settings, secrets), {
    // What is logged before the product's own logger is there waits for it; Nest's is never heard.
    logger: false,
    bufferLogs: true,
    bodyParser: false,
    forceCloseConnections: true,
    // Else Nest itself ends the process, without a reason that helps.
    abortOnError: false,
  });
  const logger = app.get(Logger);
  app.useLogger(logger);
  for (const warning of warnings) logger.warn(warning);
  configureWeb(app);
  stopOnSignal(app, logger);
  await app.listen(settings.port, settings.host);
  const address = app.get(ListeningAddress);
  address.listensOn(Number(new URL(await app.getUrl()).port));
  logger.log(`Image Job listens on ${address.baseUrl()}`);
}
