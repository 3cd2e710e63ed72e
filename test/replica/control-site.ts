import { catalogueLines } from './catalogue-lines.ts';
import { send, type Handler } from './exchange.ts';
import { ENGINE_NAMES } from '../../src/engines/engines.ts';
import type { ImageWeb } from './web/image-site.ts';

/**
 * Serves other processes: `/_replica/stats` and `/_replica/catalogue?q=…&engine=google&count=…`. Separate
 * from the engines, so that no count includes it.
 */
export function controlSite(web: ImageWeb): Handler {
  return async (exchange) => {
    const { pathname, searchParams } = exchange.url;
    exchange.record.kind = 'control';
    if (pathname === '/_replica/stats') {
      send(exchange, { type: 'application/json', body: JSON.stringify(web.stats.snapshot()) });
      return true;
    }
    if (pathname !== '/_replica/catalogue') return false;
    const engine = ENGINE_NAMES.find((name) => name === (searchParams.get('engine') ?? 'google'));
    if (engine === undefined) return false;
    const entries = web.catalogues.of(engine, searchParams.get('q') ?? '');
    const count = Number(searchParams.get('count') ?? entries.length);
    const lines = await catalogueLines(entries.slice(0, count), web.darkroom);
    send(exchange, { type: 'application/json', body: JSON.stringify(lines) });
    return true;
  };
}
