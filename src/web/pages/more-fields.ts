import { ENGINE_NAMES, type EngineName } from '../../engines/engines.js';
import { CHOICE_WORDING, ENGINE_WORDING } from '../../jobs/wording/filter-wording.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { DEFAULT_NAME_PATTERN, NAME_PLACES } from '../../jobs/request/output.js';
import { FILTER_FIELDS, OUTPUT_FIELDS } from '../../validation/problem.js';
import type { FieldState } from './form-fields.js';
import { checkBox, choiceField, codeField, pixelsField } from './option-fields.js';

const FIELDS = [...FILTER_FIELDS, ...OUTPUT_FIELDS];

/** What few people need: filters, engines, the zip. Open where anything in it is set or wrong. */
export function moreFields(state: FieldState, inUse: readonly EngineName[]): Html {
  const isSet = FIELDS.some((name) => state.values[name] !== '');
  const isWrong = state.problems.some((problem) => FIELDS.some((name) => name === problem.field));
  return html`<details class="options" id="more" ${isSet || isWrong ? html`open` : null}>
    <summary>More: size, colour, licence, engines, zip</summary>
    <div class="options-body">${lookFields(state)} ${originFields(state, inUse)} ${zipFields(state)}</div>
  </details>`;
}

function lookFields(state: FieldState): Html {
  return html`<fieldset>
    <legend>What they look like</legend>
    <div class="row">
      ${choiceField(
        state,
        { name: 'size', label: 'Size' },
        {
          small: 'Small, under 500 pixels',
          medium: 'Medium, 500 to 1023',
          large: 'Large, 1024 and more',
        },
      )}
      ${choiceField(state, { name: 'type', label: 'Type' }, CHOICE_WORDING.type)}
      ${choiceField(state, { name: 'color', label: 'Colour' }, CHOICE_WORDING.color)}
      ${choiceField(state, { name: 'aspect', label: 'Shape' }, CHOICE_WORDING.aspect)}
    </div>
    <div class="row">
      ${pixelsField(state, { name: 'minWidth', label: 'Least width, pixels' })}
      ${pixelsField(state, { name: 'minHeight', label: 'Least height, pixels' })}
      ${codeField(state, { name: 'exactSize', label: 'Exact size, pixels' }, '1920x1080')}
      ${choiceField(state, { name: 'fileType', label: 'File type' }, CHOICE_WORDING.fileType)}
    </div>
  </fieldset>`;
}

function originFields(state: FieldState, inUse: readonly EngineName[]): Html {
  return html`<fieldset>
    <legend>Where they come from</legend>
    <div class="row three">
      ${choiceField(state, { name: 'licence', label: 'Licence' }, CHOICE_WORDING.licence)}
      ${choiceField(state, { name: 'age', label: 'Age' }, CHOICE_WORDING.age)}
      ${choiceField(
        state,
        { name: 'safe', label: 'Safe search' },
        { off: 'off', strict: 'strict', moderate: 'moderate' },
        'As usual (moderate)',
      )}
    </div>
    <div class="row">
      ${codeField(state, { name: 'sites', label: 'Only from these sites' }, 'example.org, museum.example')}
      ${codeField(state, { name: 'withoutSites', label: 'Not from these sites' }, 'example.com')}
    </div>
    ${engineBoxes(state, inUse)}
  </fieldset>`;
}

/** The chosen ones first, in their order, so that sending the form again keeps it. */
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
    <span class="label" id="engines-label">Engines</span>
    <span class="hint" id="engines-hint"
      >None checked: all of them, one after the other, until there are enough images.</span
    >
    <div class="checks" id="engines" tabindex="-1">
      ${names.map((name) =>
        checkBox('engines', `engine-${name}`, name, ENGINE_WORDING[name], chosen.includes(name)),
      )}
    </div>
    <span class="problem" id="engines-problem">${problem?.message ?? ''}</span>
  </div>`;
}

function zipFields(state: FieldState): Html {
  const places = NAME_PLACES.map((place) => `{${place}}`).join(' ');
  return html`<fieldset>
    <legend>Zip</legend>
    <div class="row">
      ${choiceField(state, { name: 'convert', label: 'Convert to' }, CHOICE_WORDING.convert, 'As found')}
      ${pixelsField(state, { name: 'longestSide', label: 'Longest side at most, pixels' })}
    </div>
    ${codeField(
      state,
      { name: 'namePattern', label: 'File names', hint: `May hold ${places}` },
      DEFAULT_NAME_PATTERN,
    )}
    ${checkBox(
      'stripMetadata',
      'stripMetadata',
      'yes',
      'Remove camera, place and other notes from the files',
      state.values.stripMetadata !== '',
    )}
    ${checkBox(
      'allowThumbnails',
      'allowThumbnails',
      'yes',
      'Fill up with small previews where originals cannot be had',
      state.values.allowThumbnails !== '',
    )}
  </fieldset>`;
}
