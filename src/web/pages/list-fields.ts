import { MAX_LIST_BYTES, MAX_LIST_LENGTH, MAX_QUERIES } from '../../jobs/request/main-fields.js';
import { type FieldName, REQUEST_FIELDS } from '../../jobs/request/request-fields.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { field, type FieldState, needsAttention } from './form-fields.js';

const FIELDS = ['queries', 'prefix', 'suffix'] as const satisfies readonly FieldName[];

/** The fields for several searches in one job. Open if any of them is set or wrong. */
export function listFields(state: FieldState, maxJobImages: number): Html {
  return html`<details
    class="options"
    id="list"
    data-max-queries="${MAX_QUERIES}"
    data-max-list-length="${MAX_LIST_LENGTH}"
    data-max-job-images="${maxJobImages}"
    data-max-file-bytes="${MAX_LIST_BYTES}"
    ${needsAttention(state, FIELDS) ? html`open` : null}
  >
    <summary>Several searches at once</summary>
    <div class="options-body">
      ${queriesField(state)}
      <div class="field" id="list-file" hidden>
        <label for="queries-file">Or take them from a file (.txt or .csv), or drop it here</label>
        <input type="file" id="queries-file" accept=".txt,.csv,text/plain,text/csv" />
      </div>
      <div class="row">${phraseField(state, 'prefix')} ${phraseField(state, 'suffix')}</div>
    </div>
  </details>`;
}

function queriesField(state: FieldState): Html {
  return field(state, {
    name: 'queries',
    hint: html`Instead of the search above: at most ${MAX_QUERIES} lines, each one search. A line may have a
      name and a number of its own, as in <code>${REQUEST_FIELDS.queries.example}</code>; the others take the
      number below. <span id="queries-sum" aria-live="polite"></span>`,
    // A browser drops the first line break of a text area.
    control: (ties) =>
      html`<textarea
        ${ties}
        rows="6"
        autocomplete="off"
        placeholder="red panda
pandas: giant panda | 80"
      >
${state.values.queries}</textarea>`,
  });
}

function phraseField(state: FieldState, name: 'prefix' | 'suffix'): Html {
  return field(state, {
    name,
    control: (ties) =>
      html`<input
        ${ties}
        type="text"
        value="${state.values[name]}"
        autocomplete="off"
        placeholder="${REQUEST_FIELDS[name].example}"
      />`,
  });
}
