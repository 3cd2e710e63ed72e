import type { EngineName } from '../engines/engines.js';
import { engineList, filterPhrase } from '../jobs/wording/filter-wording.js';
import type { FilterName, Filters } from '../jobs/request/filters.js';
import type { FilterField } from '../jobs/request/request-fields.js';
import { hopelessFilters, unsupportedFilters } from '../jobs/request/unsupported-filters.js';
import type { FilterProblems } from './filter-contradictions.js';
import { refuse, type Refused } from './reading.js';

/**
 * Finds filters that no engine to ask can honour. An engine that cannot honour all filters is skipped; if
 * none is left, the request is refused.
 * @param chosen engines of the request; empty means all engines in use
 * @param inUse the engines of this installation
 * @param unsupported finds the filters that an engine cannot honour
 */
export function unservedFilters(
  filters: Filters,
  chosen: readonly EngineName[],
  inUse: readonly EngineName[],
  unsupported: (engine: EngineName, filters: Filters) => readonly FilterName[] = filtersToRefuse,
): FilterProblems {
  const asked = chosen.length > 0 ? chosen : inUse;
  const lackingAt = (engine: EngineName): FilterField[] => unsupported(engine, filters).map(fieldOf);
  const cannot = asked.map(lackingAt);
  if (cannot.some((names) => names.length === 0)) return {};
  const demands = [...new Set(cannot.flat())];
  const hopeless = demands.filter((name) => cannot.every((names) => names.includes(name)));
  if (hopeless.length === 0) {
    const able = inUse.filter((engine) => lackingAt(engine).length === 0);
    return { engines: refuseAll(filters, demands, able) };
  }
  const problems = hopeless.map((name) => {
    const facts = {
      engines: engineList(asked),
      filter: filterPhrase(name, filters) ?? name,
      instead: insteadOf(inUse.filter((engine) => !lackingAt(engine).includes(name))),
    };
    const code = areNone(name, asked, filters) ? 'filter.none_there' : 'filter.no_engine';
    return [name, refuse(code, facts)] as const;
  });
  return Object.fromEntries(problems);
}

function filtersToRefuse(engine: EngineName, filters: Filters): FilterName[] {
  return [...unsupportedFilters(engine, filters), ...hopelessFilters(engine, filters)];
}

/** Whether none of the engines has any such image, rather than being unable to tell. */
function areNone(name: FilterField, asked: readonly EngineName[], filters: Filters): boolean {
  return asked.every((engine) => hopelessFilters(engine, filters).map(fieldOf).includes(name));
}

function refuseAll(filters: Filters, demands: readonly FilterField[], able: readonly EngineName[]): Refused {
  return refuse('filters.no_engine_for_all', {
    demands: demands.map((name) => `“${filterPhrase(name, filters) ?? name}”`).join(', '),
    instead: insteadOf(able),
  });
}

function insteadOf(able: readonly EngineName[]): string {
  return able.length === 0 ? '' : `, or ask ${engineList(able)}`;
}

function fieldOf(name: FilterName): FilterField {
  return name === 'exactWidth' || name === 'exactHeight' ? 'exactSize' : name;
}
