import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Middleware with helmet's headers and a policy that allows our files and nothing inline. The referrer is
 * sent to our server only, since browsers otherwise hide even the origin of a form. HTTPS is required for
 * this host only, not for its sub-domains, which others may run.
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
