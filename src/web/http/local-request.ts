import type { Request } from 'express';
import ipaddr from 'ipaddr.js';
import { peerAddress } from './client-address.js';

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Headers that proxies and tunnels add. */
const FORWARDING =
  /^(?:forwarded|via|x-forwarded(?:-.*)?|x-real-ip|x-(?:cluster-)?client-ip|true-client-ip|cf-.*)$/;

/**
 * Whether a request comes from a browser on this machine: over loopback, with a localhost name (since any
 * site could point its name here), and not forwarded.
 */
export function isLocalRequest(request: Request): boolean {
  const peer = peerAddress(request);
  if (peer === null || ipaddr.parse(peer).range() !== 'loopback') return false;
  if (Object.keys(request.headers).some((name) => FORWARDING.test(name))) return false;
  return LOCAL_NAMES.has((request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase());
}
