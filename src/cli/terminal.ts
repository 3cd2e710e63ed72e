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
import { listName } from './list-file.js';
import { Results } from './results.js';
import { Screen } from './screen.js';
import { EXIT, runInTerminal } from './terminal-door.js';
import { terminalDependencies } from './terminal-dependencies.js';

/** Runs the program. @returns its exit code */
export async function main(words: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process;
  // Results handle their own write errors, and a closed screen must not end a job.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  const read = readCommandLine(words);
  if (!read.ok && read.isHelp) {
    stdout.write(`${read.text}\n`);
    return EXIT.archive;
  }
  const { folder, canRedraw } = readCaller();
  const isQuiet = read.ok && read.command.quiet;
  const screen = new Screen(stderr, { canRedraw, isQuiet });
  const results = new Results({
    screen,
    stdout,
    isJson: read.ok ? read.command.json : read.json,
    list: read.ok && read.command.from !== undefined ? listName(read.command.from) : null,
  });
  if (!read.ok) {
    await results.trouble({ code: 'request.invalid', title: read.text, detail: HINT });
    return EXIT.wrongRequest;
  }
  // Listen before the start, so that an interrupt does not leave it half done.
  const interrupt = interruption(process);
  const app = await start(read.command, screen, results);
  if (app === null) return EXIT.failed;
  try {
    const deps = terminalDependencies(app, { screen, stdin, stdout, results, folder });
    return await runInTerminal(read.command, deps, interrupt);
  } catch (error) {
    // Programs still get their JSON object; the stack follows on the screen.
    await results.trouble(troubleOf(error));
    throw error;
  } finally {
    await app.close();
  }
}

/** Builds the application. @returns null if that fails, after reporting why */
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
      // Buffer log lines until our logger exists; Nest's logger stays silent.
      logger: false,
      bufferLogs: true,
      // Otherwise Nest ends the process without a useful reason.
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
