import type { Response } from 'express';

/** @returns a signal that aborts when the client leaves before the whole answer was sent */
export function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('The client has left.'));
  });
  return controller.signal;
}
