import { AppError } from '../../jobs/app-error.js';
import type { PageFacts } from './page-facts.js';
import type { PageState } from './page-state.js';

/**
 * Names why a page of Google gives no results.
 * @param found results the search had found before
 */
export function failureOf(state: Exclude<PageState, 'results'>, facts: PageFacts, found: number): AppError {
  const context = { engine: 'google', found };
  switch (state) {
    case 'no_results':
      return new AppError('source.no_results', context);
    case 'consent':
      return new AppError('source.consent_wall', context);
    case 'captcha':
    case 'soft_block':
      return new AppError('source.blocked', { ...context, reason: state });
    case 'refused':
      return new AppError('source.blocked', { ...context, reason: 'http_status', status: facts.status });
    case 'layout_changed':
      return new AppError('source.layout_changed', context);
    case 'loading':
      return new AppError('source.unreachable', { ...context, reason: 'timeout' });
    case 'network_error':
      return new AppError('source.unreachable', { ...context, ...whyUnreachable(facts.status) });
  }
}

function whyUnreachable(status: number): { reason: string; status?: number } {
  return status === 0 ? { reason: 'page_did_not_load' } : { reason: 'http_status', status };
}
