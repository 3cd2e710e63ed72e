import type { ServerResponse } from 'node:http';

/**
 * @returns a signal that aborts when the client leaves before the whole answer was sent; aborted already where the
 * client has left before the call
 */
export function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // Not the response's own 'close': it comes once, maybe before this call, and never while the response waits
  // behind others of the same connection.
  const { socket } = response.req;
  // A client may send any number of requests ahead.
  socket.setMaxListeners(0);
  const leave = (): void => {
    if (!response.writableFinished) controller.abort(new Error('The client has left.'));
  };
  socket.once('close', leave);
  response.once('finish', () => socket.off('close', leave));
  if (socket.destroyed) leave();
  return controller.signal;
}
