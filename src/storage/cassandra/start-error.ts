import { AppError } from '../../jobs/app-error.js';
import { cassandraError, fieldOf } from './cassandra-errors.js';

/** Mistakes that an operator has to fix before a start can succeed; waiting does not help. */
const MISTAKES = [
  'credentials',
  'datacenter',
  'certificate',
  'ca_file',
  'no_tls',
  'rights',
  'replication',
  'newer_schema',
  'settings',
] as const;
export type Mistake = (typeof MISTAKES)[number];

/** While the nodes that store users are away, a correct password is refused like a wrong one. */
const NOT_KNOWN_YET = /consistency|unable to perform/i;
const UNAUTHORIZED = 0x2100;
/** Syntax and configuration errors, which no other process can fix meanwhile. */
const REFUSED_FOR_GOOD = new Set([0x2000, 0x2300]);
const NOT_TRUSTED = /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;
/** Errors at a node without TLS, from the view of a TLS client. */
const NO_TLS = /^(?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/;

/**
 * A failed start, with what Cassandra or the driver `said` and, if waiting does not help, the `mistake`.
 * Returns an AppError of this kind unchanged.
 */
export function startError(error: unknown): AppError {
  if (error instanceof AppError && mistakeOf(error) !== null) return error;
  const mistake =
    causesOf(error)
      .map(mistakeSeen)
      .find((one) => one !== null) ?? null;
  const context = { said: saidBy(error), ...cassandraError(error).context };
  return new AppError('storage.unavailable', mistake === null ? context : { ...context, mistake }, error);
}

/** @returns the mistake to fix, or null if waiting may help */
export function mistakeOf({ context }: AppError): Mistake | null {
  return MISTAKES.find((mistake) => mistake === context['mistake']) ?? null;
}

function mistakeSeen(error: unknown): Mistake | null {
  const [name, code] = [String(fieldOf(error, 'name')), fieldOf(error, 'code')];
  if (name === 'AuthenticationError') return NOT_KNOWN_YET.test(saidBy(error)) ? null : 'credentials';
  if (/data ?center/i.test(saidBy(error)) && name === 'ArgumentError') return 'datacenter';
  if (name === 'ArgumentError' || name === 'TypeError') return 'settings';
  if (code === UNAUTHORIZED) return 'rights';
  if (typeof code === 'number') return REFUSED_FOR_GOOD.has(code) ? 'replication' : null;
  if (NO_TLS.test(String(code))) return 'no_tls';
  return NOT_TRUSTED.test(String(code)) ? 'certificate' : null;
}

/** The first line of the innermost failure; the driver puts other stacks into its own messages. */
function saidBy(error: unknown): string {
  const innermost = causesOf(error).at(-1);
  return String(fieldOf(innermost, 'message') ?? innermost).split('\n')[0] ?? '';
}

/** A failure and the errors of all nodes that were asked. */
function causesOf(error: unknown): unknown[] {
  return [error, ...Object.values(Object(fieldOf(error, 'innerErrors')))];
}
