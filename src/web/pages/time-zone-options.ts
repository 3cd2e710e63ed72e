import { type Html, html } from '../../jobs/html.js';
import { zoneName } from '../../validation/read-due.js';
import { DEFAULT_ZONE, type ZoneChoice } from '../../validation/time-zones.js';

/**
 * The options of the time-zone list, one group a region. City names come first in each option, so that typing
 * the first letters of a city finds it.
 * @param chosen the zone that is selected; one that is not among the choices is added
 */
export function timeZoneOptions(choices: readonly ZoneChoice[], chosen: string): Html {
  const groups = Map.groupBy(choices, ({ id }) => regionOf(id));
  const isListed = chosen === '' || choices.some(({ id }) => id === chosen);
  const extra = isListed ? null : html`<option value="${chosen}" selected>${chosen}</option>`;
  const lists = [...groups].map(
    ([region, zones]) =>
      html`<optgroup label="${region}">${zones.map((zone) => option(zone, chosen))}</optgroup>`,
  );
  return html`<option value="">Choose a zone</option>
    ${extra}${lists}`;
}

function regionOf(id: string): string {
  return id.includes('/') ? id.slice(0, id.indexOf('/')) : 'World';
}

function option({ id, offset }: ZoneChoice, chosen: string): Html {
  const selected = id === chosen ? html` selected` : null;
  return html`<option value="${id}" ${selected}>
    ${id === DEFAULT_ZONE ? id : `${nameOf(id)} (${offsetName(offset)})`}
  </option>`;
}

/** `America/Argentina/Salta` is «Salta, Argentina». */
function nameOf(id: string): string {
  const middle = id.split('/').slice(1, -1).map(zoneName);
  return [zoneName(id), ...middle].join(', ');
}

function offsetName(offset: string): string {
  return offset === '+00:00' ? 'UTC' : `UTC${offset.replace('-', '−')}`;
}
