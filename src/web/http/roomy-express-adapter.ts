import { ExpressAdapter } from '@nestjs/platform-express';

/** Backlog of connections to accept; the system's limit (`net.core.somaxconn`) may be lower. */
const BACKLOG = 4096;

/**
 * Express with a long backlog. A flood fills Node's default of 511 at once, and the client's system retries a
 * refused connection after 1, 3, 7, … up to 63 seconds.
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
