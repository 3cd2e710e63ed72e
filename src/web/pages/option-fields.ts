import { type Html, html } from '../../jobs/wording/html.js';
import type { FieldName } from '../../validation/problem.js';
import { field, type FieldState, inputType } from './form-fields.js';

/** Name, label and, where it helps, a hint. */
export interface Labelled {
  readonly name: FieldName;
  readonly label: string;
  readonly hint?: string;
}

/** One of some choices, or none; what was sent and is no choice stays to be seen. @param none words for no choice */
export function choiceField(
  state: FieldState,
  labelled: Labelled,
  choices: Readonly<Record<string, string>>,
  none = 'Any',
): Html {
  const chosen = state.values[labelled.name];
  const isStrange = chosen !== '' && !Object.hasOwn(choices, chosen);
  const options = [['', none], ...Object.entries(choices), ...(isStrange ? [[chosen, chosen]] : [])];
  const lines = options.map(
    ([value = '', words = '']) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : null}>${capital(words)}</option>`,
  );
  return field(state, {
    ...labelled,
    control: (ties) =>
      html`<select ${ties}>
        ${lines}
      </select>`,
  });
}

/** A number of pixels. */
export function pixelsField(state: FieldState, labelled: Labelled): Html {
  const value = state.values[labelled.name];
  return field(state, {
    ...labelled,
    control: (ties) =>
      html`<input
        ${ties}
        type="${inputType('number', value)}"
        inputmode="numeric"
        min="1"
        step="1"
        value="${value}"
      />`,
  });
}

/** A short text that is no prose. */
export function codeField(state: FieldState, labelled: Labelled, placeholder: string): Html {
  return field(state, {
    ...labelled,
    control: (ties) =>
      html`<input
        ${ties}
        type="text"
        value="${state.values[labelled.name]}"
        placeholder="${placeholder}"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
      />`,
  });
}

/** One box to check, with its label behind it. */
export function checkBox(name: string, id: string, value: string, label: string, isChecked: boolean): Html {
  const checked = isChecked ? html`checked` : null;
  return html`<label class="check" for="${id}"
    ><input type="checkbox" id="${id}" name="${name}" value="${value}" ${checked} />${label}</label
  >`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
