import type { Logger as SlackLogger } from '@slack/bolt';
import { Logger } from '@nestjs/common';

/** Bolt's logs among ours. What it prints at debug level carries message texts and is left out. */
export function slackLogger(): SlackLogger {
  const logger = new Logger('Slack');
  let level = 'info' as ReturnType<SlackLogger['getLevel']>;
  return {
    debug: () => {},
    info: (...parts) => logger.debug(textOf(parts)),
    warn: (...parts) => logger.warn(textOf(parts)),
    error: (...parts) => logger.error(textOf(parts)),
    setLevel: (next) => {
      level = next;
    },
    getLevel: () => level,
    setName: () => {},
  };
}

function textOf(parts: readonly unknown[]): string {
  return parts.map(String).join(' ');
}
