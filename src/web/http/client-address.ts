import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Characters that some proxies put around an address: white space, quotes, IPv6 brackets. */
const AROUND = /^[\s"]+|[\s"]+$/g;
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;
const PORT = /:\d{1,5}$/;
const ZONE = /%.*$/;

/**
 * Reads an address as proxies write it: alone or with a port, IPv6 also in brackets or with a zone.
 * @returns the canonical address (IPv4 in IPv6 becomes IPv4), or null if there is none
 */
export function readIpAddress(text: string): string | null {
  const trimmed = text.replace(AROUND, '');
  const bare = BRACKETED.exec(trimmed)?.[1] ?? trimmed;
  const address = [bare, bare.replace(PORT, '')]
    .map((one) => one.replace(ZONE, ''))
    .find((one) => isIP(one) > 0);
  return address === undefined ? null : ipaddr.process(address).toString();
}

/** The client address in the header of a trusted proxy; null if there is none. */
export function statedAddress(request: Request): string | null {
  return readIpAddress(request.ip ?? '');
}

/** The peer address of the connection; null if it is closed or has no addresses. */
export function peerAddress({ socket }: Request): string | null {
  return readIpAddress(socket.remoteAddress ?? '');
}

/**
 * The canonical client address of a request. Without one from the proxy, it is the proxy's own address, so
 * that every request is counted; '' if that is unknown too.
 */
export function clientAddress(request: Request): string {
  return statedAddress(request) ?? peerAddress(request) ?? '';
}

/** Parameter decorator for the {@link clientAddress} of the request. */
export const ClientAddress = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  clientAddress(context.switchToHttp().getRequest<Request>()),
);
