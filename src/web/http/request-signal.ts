import type { ServerResponse } from 'node:http';

/** Why work for an answer ends: nobody waits for it. */
export class ClientLeft extends Error {}

/**
 * @returns a signal that aborts when the client leaves before the whole answer is sent, or is aborted if the
 * client has already left
 */
export function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // Do not use the response's 'close': it fires once, maybe before this call, and never while the response
  // waits
  // behind others of the same connection.
  const { socket } = response.req;
  // A client may pipeline any number of requests.
  socket.setMaxListeners(0);
  const leave = (): void => {
    if (!response.writableFinished) controller.abort(new ClientLeft('The client has left.'));
  };
  socket.once('close', leave);
  response.once('finish', () => socket.off('close', leave));
  if (socket.destroyed) leave();
  return controller.signal;
}
