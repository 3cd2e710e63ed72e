import type { Logger as SlackLogger } from '@slack/bolt';
import { Logger } from '@nestjs/common';

/** Writes bolt's logs to our logger, without debug lines, which contain message texts. */
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
