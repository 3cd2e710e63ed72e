import { ENGINE_NAMES, type EngineName } from '../../engines/engines.js';
import { engineWording } from '../../jobs/wording/filter-wording.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { NAME_PLACES } from '../../jobs/request/name-pattern.js';
import { FILTER_FIELDS, OUTPUT_FIELDS, REQUEST_FIELDS } from '../../jobs/request/request-fields.js';
import { type FieldState, needsAttention } from './form-fields.js';
import { checkBox, optionField, type OptionName } from './option-fields.js';

const FIELDS = [...FILTER_FIELDS, ...OUTPUT_FIELDS];

/** Fields that few people need: filters, engines, the zip. Open if any of them is set or wrong. */
export function moreFields(state: FieldState, inUse: readonly EngineName[]): Html {
  return html`<details class="options" id="more" ${needsAttention(state, FIELDS) ? html`open` : null}>
    <summary>More: size, colour, licence, engines, zip</summary>
    <div class="options-body">${lookFields(state)} ${originFields(state, inUse)} ${zipFields(state)}</div>
  </details>`;
}

function lookFields(state: FieldState): Html {
  return html`<fieldset>
    <legend>What they look like</legend>
    ${row(state, ['size', 'type', 'color', 'aspect'])}
    ${row(state, ['minWidth', 'minHeight', 'exactSize', 'fileType'])}
  </fieldset>`;
}

function originFields(state: FieldState, inUse: readonly EngineName[]): Html {
  return html`<fieldset>
    <legend>Where they come from</legend>
    ${row(state, ['licence', 'age', 'safe'])} ${row(state, ['sites', 'withoutSites'])}
    ${engineBoxes(state, inUse)}
  </fieldset>`;
}

function row(state: FieldState, names: readonly OptionName[]): Html {
  return html`<div class="row${names.length === 3 ? ' three' : ''}">
    ${names.map((name) => optionField(state, name))}
  </div>`;
}

/** Lists chosen engines first, in their order, so that sending the form again keeps it. */
function engineBoxes({ values, problems }: FieldState, inUse: readonly EngineName[]): Html {
  const typed = values.engines.split(/[\s,]+/).filter((name) => name !== '');
  const chosen = typed.filter((name) => ENGINE_NAMES.some((known) => known === name));
  const names = [...new Set([...chosen, ...inUse])] as EngineName[];
  const problem = problems.find(({ field }) => field === 'engines');
  return html`<div
    class="field${problem === undefined ? '' : ' invalid'}"
    role="group"
    aria-labelledby="engines-label"
    aria-describedby="engines-hint engines-problem"
  >
    <span class="label" id="engines-label">${REQUEST_FIELDS.engines.label}</span>
    <span class="hint" id="engines-hint"
      >None checked: all of them, one after the other, until there are enough images.</span
    >
    <div class="checks" id="engines" tabindex="-1">
      ${names.map((name) =>
        checkBox('engines', `engine-${name}`, name, engineWording(name), chosen.includes(name)),
      )}
    </div>
    <span class="problem" id="engines-problem">${problem?.message ?? ''}</span>
  </div>`;
}

function zipFields(state: FieldState): Html {
  const places = NAME_PLACES.map((place) => `{${place}}`).join(' ');
  return html`<fieldset>
    <legend>Zip</legend>
    ${row(state, ['convert', 'longestSide'])} ${optionField(state, 'namePattern', `May hold ${places}`)}
    ${optionField(state, 'layout')} ${row(state, ['validation', 'seed'])}
    ${optionField(state, 'stripMetadata')} ${optionField(state, 'allowThumbnails')}
  </fieldset>`;
}
