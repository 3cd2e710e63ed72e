import { isAppError } from './jobs/app-error.js';
import { failureWording } from './jobs/wording.js';
import type { Settings } from './config/settings.js';

/** Why the service could not start and what helps, for the person at the terminal. */
export function startFailure(
  error: unknown,
  { host, port, dataDir }: Pick<Settings, 'host' | 'port' | 'dataDir'>,
): string {
  if (isAppError(error, 'queue.taken'))
    return `Another Image Job (${error.context['holder']}) already runs the jobs in DATA_DIR ${dataDir}. Stop it, or set DATA_DIR to another folder.`;
  if (isAppError(error)) {
    const { what } = failureWording(error.code);
    return `${what} (${detailOf(error.cause ?? error)}) The records are kept in DATA_DIR ${dataDir}.`;
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use. Set PORT to another one.`;
  if (code === 'EACCES')
    return `Port ${port} of ${host} may not be used by this user. Set PORT to another one.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Set HOST to one it has.`;
  return `The service could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
