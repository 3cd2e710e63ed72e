import type { Application } from 'express';

/**
 * Lists the methods that routes answer at `path`, to tell a wrong method from a wrong address.
 * @param application the Express application with all routes
 */
export function allowedMethods(application: Application, path: string): string[] {
  const methods = application.router.stack
    .flatMap(({ route }) => (route !== undefined && patternOf(route.path).test(path) ? [route] : []))
    .flatMap((route) => route.stack.map((layer) => layer.method?.toUpperCase()))
    .filter((method) => method !== undefined);
  const all = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return [...new Set(all)].toSorted();
}

/** Our routes have only literal and `:named` parts. */
function patternOf(path: string): RegExp {
  const source = path.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:\w+/g, '[^/]+');
  return new RegExp(`^${source}/?$`, 'i');
}
