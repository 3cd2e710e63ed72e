import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import type { Settings } from '../config/settings.js';
import { serializeError } from './error-serializer.js';
import { redact } from './redaction.js';

/** What is logged of a request. */
interface LoggedRequest {
  readonly method: string;
  readonly url: string;
}

/** What is logged of a response. */
interface LoggedResponse {
  readonly statusCode: number;
}

/** Structured logs on standard output, one JSON object a line, with the job id and no addresses or tokens. */
export function loggingModule(
  settings: Pick<Settings, 'logLevel'>,
  destination?: NodeJS.WritableStream,
): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: [
      {
        level: settings.logLevel,
        base: null,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        serializers: {
          err: serializeError,
          error: serializeError,
          req: ({ method, url }: LoggedRequest) => ({ method, url: redact(url) }),
          res: ({ statusCode }: LoggedResponse) => ({ status: statusCode }),
        },
        customLogLevel: (_request, response, error) =>
          error !== undefined || response.statusCode >= 500 ? 'error' : 'debug',
        quietReqLogger: true,
      },
      destination ?? process.stdout,
    ],
  });
}
