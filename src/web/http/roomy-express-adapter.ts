import { ExpressAdapter } from '@nestjs/platform-express';

/** Connections that may wait to be accepted; the system's own limit (`net.core.somaxconn`) may be less. */
const BACKLOG = 4096;

/**
 * Express with room for a crowd before the door. Node's own 511 places are taken by a flood in a moment, and a
 * connection that finds none is tried again by its client's system after 1, 3, 7, … up to 63 seconds.
 */
export class RoomyExpressAdapter extends ExpressAdapter {
  override listen(
    port: string | number,
    ...rest: readonly (string | (() => void) | undefined)[]
  ): ReturnType<ExpressAdapter['listen']> {
    const host = rest.find((one) => typeof one === 'string');
    const callback = rest.find((one) => typeof one === 'function');
    const options = { port: Number(port), ...(host === undefined ? {} : { host }), backlog: BACKLOG };
    return this.httpServer.listen(options, callback);
  }
}
