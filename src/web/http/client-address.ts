import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What some proxies put around an address: white space, quotes, and the brackets of IPv6. */
const AROUND = /^[\s"]+|[\s"]+$/g;
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;
const PORT = /:\d{1,5}$/;
const ZONE = /%.*$/;

/**
 * Reads an address as proxies write it: alone or with a port, IPv6 also in brackets or with a zone.
 * @returns the one spelling of that address (IPv4 in IPv6 is IPv4), or null where there is none
 */
export function readIpAddress(text: string): string | null {
  const trimmed = text.replace(AROUND, '');
  const bare = BRACKETED.exec(trimmed)?.[1] ?? trimmed;
  const address = [bare, bare.replace(PORT, '')]
    .map((one) => one.replace(ZONE, ''))
    .find((one) => isIP(one) > 0);
  return address === undefined ? null : ipaddr.process(address).toString();
}

/** The address that a request says it comes from, by the proxy in front where that is believed; null: it says none. */
export function statedAddress(request: Request): string | null {
  return readIpAddress(request.ip ?? '');
}

/** The address at the other end of the connection; null: closed, or a socket without addresses. */
export function peerAddress({ socket }: Request): string | null {
  return readIpAddress(socket.remoteAddress ?? '');
}

/**
 * The address of a request's client, in one spelling. Where the proxy in front wrote none, it is the proxy's own:
 * nobody is without a count. An empty text where not even that is known.
 */
export function clientAddress(request: Request): string {
  return statedAddress(request) ?? peerAddress(request) ?? '';
}

/** Parameter decorator with the {@link clientAddress} of the request. */
export const ClientAddress = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  clientAddress(context.switchToHttp().getRequest<Request>()),
);
