import type { NextFunction, Request, RequestHandler, Response } from 'express';
import ipaddr from 'ipaddr.js';
import { peerAddress, statedAddress } from './client-address.js';

const UNTRUSTED =
  'X-Forwarded-For arrives from a proxy, and TRUST_PROXY is off: everybody behind it counts as one client. ' +
  'Set TRUST_PROXY=true if the proxy in front of this service writes that header.';
const UNREADABLE =
  'X-Forwarded-For arrives without the address of a client: such requests count as the proxy that sent them. ' +
  'Let the proxy in front of this service write the address it sees.';

/**
 * Middleware that warns once if limits cannot count by client because the proxy's header is not trusted or
 * not an address.
 * @param trustsProxy the setting TRUST_PROXY
 * @param warn receives the warning
 */
export function forwardingWarnings(trustsProxy: boolean, warn: (message: string) => void): RequestHandler {
  let isSaid = false;
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (!isSaid && request.headers['x-forwarded-for'] !== undefined) {
      const message = trustsProxy ? UNREADABLE : UNTRUSTED;
      isSaid = trustsProxy ? statedAddress(request) === null : isFromHere(peerAddress(request));
      if (isSaid) warn(message);
    }
    next();
  };
}

/** Ignore headers from the internet, which anybody can forge: proxies are on this machine or network. */
function isFromHere(peer: string | null): boolean {
  return peer !== null && ipaddr.parse(peer).range() !== 'unicast';
}
