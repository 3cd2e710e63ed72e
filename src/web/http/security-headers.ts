import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Middleware with helmet's headers and a policy that allows our own files and nothing inline. Pages may tell
 * our own server where they come from (browsers hide even the origin of a form else), nobody else. HTTPS is demanded
 * of this host alone: what runs under its sub-domains is not ours to judge.
 */
export function securityHeaders(): RequestHandler {
  const own = ["'self'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: own,
        styleSrc: own,
        imgSrc: ["'self'", 'data:'],
        connectSrc: own,
        formAction: own,
        frameSrc: own,
        frameAncestors: own,
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: { includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'sameorigin' },
  });
}
