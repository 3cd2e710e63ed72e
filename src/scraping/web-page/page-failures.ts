import { AppError } from '../../jobs/app-error.js';
import type { EngineName } from '../../engines/engines.js';
import { waitContext } from '../json-api/api-failure.js';
import type { PageSigns } from './page-signs.js';
import type { PageState } from './page-state.js';

/** Further facts about a page. */
interface Answered extends Pick<PageSigns, 'status'> {
  /** The requested wait in milliseconds; absent or 0: none. */
  readonly retryAfterMs?: number;
}

/**
 * Names why a page has no results.
 * @param found results the search had found before
 */
export function failureOf(
  engine: EngineName,
  state: Exclude<PageState, 'results'>,
  { status, retryAfterMs = 0 }: Answered,
  found: number,
): AppError {
  const context = { engine, found, ...waitContext(retryAfterMs) };
  switch (state) {
    case 'no_results':
      return new AppError('source.no_results', context);
    case 'consent':
      return new AppError('source.consent_wall', context);
    case 'captcha':
    case 'soft_block':
      return new AppError('source.blocked', { ...context, reason: state });
    case 'refused':
      return new AppError('source.blocked', { ...context, reason: 'http_status', status });
    case 'layout_changed':
      return new AppError('source.layout_changed', context);
    case 'not_found':
      return new AppError('source.layout_changed', { ...context, reason: 'http_status', status });
    case 'loading':
      return new AppError('source.unreachable', { ...context, reason: 'timeout' });
    case 'network_error': {
      const reason = status === 0 ? 'page_did_not_load' : 'http_status';
      return new AppError('source.unreachable', { ...context, reason, ...(status === 0 ? {} : { status }) });
    }
  }
}
