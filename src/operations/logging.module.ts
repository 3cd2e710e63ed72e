import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import type { Settings } from '../config/settings.js';
import { serializeError } from './error-serializer.js';
import { redact } from './redaction.js';

/** The logged facts of a request. */
interface LoggedRequest {
  readonly method: string;
  readonly url: string;
}

/** The logged facts of a response. */
interface LoggedResponse {
  readonly statusCode: number;
}

/** Contexts of the framework's messages at the start; of interest only if the start fails. */
const START_UP_CONTEXTS = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);
const INFO = 30;

/** Polled every few seconds; their answers are their own report. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Structured logs, one JSON object per line, with the job id and without addresses or tokens. */
export function loggingModule(
  settings: Pick<Settings, 'logLevel'>,
  destination: NodeJS.WritableStream,
): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: [
      {
        level: settings.logLevel,
        base: null,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        hooks: {
          logMethod(args, method, level) {
            if (level > INFO || !isStartUp(args[0])) method.apply(this, args);
          },
        },
        // A wrapped serializer would get pino's own rendering of the error, which is no Error any more.
        wrapSerializers: false,
        serializers: {
          err: serializeError,
          error: serializeError,
          req: ({ method, url }: LoggedRequest) => ({ method, url: redact(url) }),
          res: ({ statusCode }: LoggedResponse) => ({ status: statusCode }),
        },
        customLogLevel: (_request, response, error) =>
          error !== undefined || response.statusCode >= 500 ? 'error' : 'debug',
        quietReqLogger: true,
        autoLogging: { ignore: ({ url }) => PROBES.has(url ?? '') },
      },
      destination,
    ],
  });
}

function isStartUp(first: unknown): boolean {
  if (typeof first !== 'object' || first === null || !('context' in first)) return false;
  return typeof first.context === 'string' && START_UP_CONTEXTS.has(first.context);
}
