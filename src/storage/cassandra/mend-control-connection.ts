import type { Client } from 'cassandra-driver';
import { fieldOf } from './cassandra-errors.js';

/** The internals of the driver that `mendControlConnection` uses. */
interface ControlConnection {
  connection: unknown;
  _borrowAConnection(hosts: unknown): unknown;
  _refreshControlConnection(hosts: unknown): Promise<void>;
}

/**
 * Works around a leak in the driver (seen in 4.10.0) after all connections were lost. The driver then
 * initializes again on top of its old state: each node gets a second pool while the first is never closed,
 * and each loss doubles the number of attempts to reconnect. It is enough to wait until the pools reconnect,
 * as the driver does elsewhere. Does nothing if the internals of the driver have changed.
 */
export function mendControlConnection(client: Client): void {
  const control: unknown = Reflect.get(client, 'controlConnection');
  if (!isControlConnection(control)) return;
  control._refreshControlConnection = async (hosts) => {
    control.connection = await Promise.resolve(control._borrowAConnection(hosts));
  };
}

/**
 * Closes the first connection, which the driver (seen in 4.10.0) leaves open if it could not connect, e.g.
 * because the data centre does not exist. The open connection would keep the process alive. If the node does
 * not answer, this takes at most as long as the timeout of a connection.
 */
export async function closeLeftConnection(client: Client): Promise<void> {
  const connection = fieldOf(fieldOf(client, 'controlConnection'), 'connection');
  if (isClosable(connection)) await connection.closeAsync();
}

function isClosable(value: unknown): value is { closeAsync(): Promise<void> } {
  return typeof fieldOf(value, 'closeAsync') === 'function';
}

function isControlConnection(value: unknown): value is ControlConnection {
  if (typeof value !== 'object' || value === null) return false;
  const methods = ['_borrowAConnection', '_refreshControlConnection'];
  return methods.every((name) => typeof Reflect.get(value, name) === 'function');
}
