import { AppError, type ErrorContext } from '../../jobs/app-error.js';
import type { FailureCode } from '../../jobs/failure-codes.js';

/**
 * Server errors after which nothing was tried: bootstrapping, bad credentials, unauthorized. "Overloaded" is
 * not one of them, since it may come after a conditional write was agreed on.
 * @see https://cassandra.apache.org/doc/latest/cassandra/reference/native-protocol.html
 */
const NOT_TRIED = new Set([0x1002, 0x0100, 0x2100]);

/** Server errors that are bugs in Image Job: syntax, invalid, config, already exists. */
const OUR_MISTAKES = new Set([0x2000, 0x2200, 0x2300, 0x2400]);

/**
 * Converts an error of the driver to an AppError: `storage.unavailable` if nothing can have happened, else
 * `storage.outcome_unknown`. Returns an AppError unchanged.
 */
export function cassandraError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const context: ErrorContext = { cassandra: nameOf(error) };
  const nodes = nodesOf(error);
  return new AppError(codeOf(error), nodes === '' ? context : { ...context, nodes }, error);
}

/** Like `cassandraError`, for a call that changes nothing and whose outcome is therefore never in doubt. */
export function readError(error: unknown): AppError {
  const known = cassandraError(error);
  if (known.code !== 'storage.outcome_unknown') return known;
  return new AppError('storage.unavailable', known.context, known.cause);
}

function codeOf(error: unknown): FailureCode {
  const code = fieldOf(error, 'code');
  if (typeof code === 'number' && OUR_MISTAKES.has(code)) return 'internal.unexpected';
  if (typeof code === 'number' && NOT_TRIED.has(code)) return 'storage.unavailable';
  // The driver throws these only before it has sent anything that must not be sent twice.
  const isUnsent = ['NoHostAvailableError', 'BusyConnectionError', 'AuthenticationError'].includes(
    nameOf(error),
  );
  return isUnsent ? 'storage.unavailable' : 'storage.outcome_unknown';
}

function nameOf(error: unknown): string {
  const [name, code] = [fieldOf(error, 'name'), fieldOf(error, 'code')];
  return typeof code === 'number' ? `${String(name)} 0x${code.toString(16)}` : String(name);
}

/** The error of each node that was asked, e.g. `10.0.0.1:9042 OperationTimedOutError`. */
function nodesOf(error: unknown): string {
  const inner = Object.entries(Object(fieldOf(error, 'innerErrors')));
  return inner.map(([node, one]) => `${node} ${typeof one === 'string' ? one : nameOf(one)}`).join(', ');
}

/** @returns a field of any thrown value; not by `instanceof`, which fails across realms */
export function fieldOf(error: unknown, key: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
}
