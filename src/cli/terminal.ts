import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { configurationFailure, readConfiguration } from '../config/boot-configuration.js';
import { readCaller } from '../config/environment.js';
import { startFailure } from '../start-failure.js';
import { type StopLog, stopAfterFailure } from '../stop-on-signal.js';
import { CliModule } from './cli.module.js';
import { type CommandLine, HINT, readCommandLine } from './command-line.js';
import { troubleOf } from './endings.js';
import { interruption } from './interruption.js';
import { Results } from './results.js';
import { Screen } from './screen.js';
import { EXIT, runInTerminal } from './terminal-door.js';
import { terminalDependencies } from './terminal-dependencies.js';

/** The whole program. @returns its exit code */
export async function main(words: readonly string[]): Promise<number> {
  const { stdout, stderr } = process;
  // Each write of a result is told of its own failure; a screen that is gone is no reason to end a job.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  const read = readCommandLine(words);
  if (!read.ok && read.isHelp) {
    stdout.write(`${read.text}\n`);
    return EXIT.archive;
  }
  const { folder, canRedraw } = readCaller();
  const isQuiet = read.ok && read.command.quiet;
  const screen = new Screen(stderr, { canRedraw, isQuiet });
  const results = new Results({ screen, stdout, isJson: read.ok ? read.command.json : read.json });
  if (!read.ok) {
    await results.trouble({ code: 'request.invalid', title: read.text, detail: HINT });
    return EXIT.wrongRequest;
  }
  // Before the start, so that it is not left half done.
  const interrupt = interruption(process);
  const app = await start(read.command, screen, results);
  if (app === null) return EXIT.failed;
  try {
    const deps = terminalDependencies(app, { screen, stdout, results, folder });
    return await runInTerminal(read.command, deps, interrupt);
  } catch (error) {
    // A program gets its object all the same; the stack follows on the screen.
    await results.trouble(troubleOf(error));
    throw error;
  } finally {
    await app.close();
  }
}

/** Puts the product together. @returns null, having said why, where that cannot be */
async function start(
  { quiet }: CommandLine,
  screen: Screen,
  results: Results,
): Promise<INestApplicationContext | null> {
  const refuse = async (why: string): Promise<null> => {
    await results.trouble({ code: 'start.failed', title: why, detail: '' });
    return null;
  };
  let configuration;
  try {
    configuration = readConfiguration();
  } catch (error) {
    return refuse(configurationFailure(error));
  }
  const { settings, secrets, warnings } = configuration;
  for (const warning of warnings) screen.say(warning);
  try {
    const app = await NestFactory.createApplicationContext(CliModule.of(settings, secrets, screen, quiet), {
      // What is logged before the product's own logger is there waits for it; Nest's is never heard.
      logger: false,
      bufferLogs: true,
      // Else Nest itself ends the process, without a reason that helps.
      abortOnError: false,
    });
    app.useLogger(app.get(Logger));
    return app;
  } catch (error) {
    await stopAfterFailure(null, logTo(screen));
    return refuse(startFailure(error, settings));
  }
}

function logTo(screen: Screen): StopLog {
  return { error: (facts, why) => screen.complain(`${why}: ${JSON.stringify(facts)}`) };
}
