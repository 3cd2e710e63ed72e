import { AppError } from '../../jobs/app-error.js';
import { failureOf as failureOfPage } from '../web-page/page-failures.js';
import type { PageFacts } from './page-facts.js';
import type { GooglePageState } from './page-state.js';

/**
 * Names why a page of Google gives no results.
 * @param found results the search had found before
 */
export function googleFailureOf(
  state: Exclude<GooglePageState, 'results'>,
  facts: PageFacts,
  found: number,
): AppError {
  if (state !== 'soft_block') return failureOfPage('google', state, facts, found);
  return new AppError('source.blocked', { engine: 'google', found, reason: state });
}
