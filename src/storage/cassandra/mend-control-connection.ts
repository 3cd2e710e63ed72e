import type { Client } from 'cassandra-driver';
import { fieldOf } from './cassandra-errors.js';

/** The parts of the driver's own object that are used. */
interface ControlConnection {
  connection: unknown;
  _borrowAConnection(hosts: unknown): unknown;
  _refreshControlConnection(hosts: unknown): Promise<void>;
}

/**
 * Keeps the driver (seen with 4.10.0) from leaking after all connections were lost. Otherwise it starts
 * afresh beside its old state: each node gets a second pool whose first is never closed, and each loss
 * doubles the number of attempts to reconnect. Waiting for the pools to reconnect, as it does elsewhere, is
 * enough. Does nothing if the driver has another structure.
 */
export function mendControlConnection(client: Client): void {
  const control: unknown = Reflect.get(client, 'controlConnection');
  if (!isControlConnection(control)) return;
  control._refreshControlConnection = async (hosts) => {
    control.connection = await Promise.resolve(control._borrowAConnection(hosts));
  };
}

/**
 * Closes the first connection, which the driver (seen with 4.10.0) leaves open if it could not connect, e.g.
 * because the data centre does not exist; it would keep the process alive. Waits for a silent node no longer
 * than for a connection.
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
