import type { ChoiceField, NumberField, RequestField } from '../../jobs/request/request-field.js';
import { type FilterField, type OutputField, REQUEST_FIELDS } from '../../jobs/request/request-fields.js';
import { menuOf } from '../../jobs/wording/filter-wording.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { field, type FieldState, inputType } from './form-fields.js';

/** The name of a field with a control that follows from its kind. */
export type OptionName = Exclude<FilterField, 'engines'> | OutputField;

/** One field with the control of its kind. */
export function optionField(state: FieldState, name: OptionName, hint?: string): Html {
  const row: RequestField = REQUEST_FIELDS[name];
  const value = state.values[name];
  if (row.kind === 'flag') return checkBox(name, name, 'yes', row.label, value !== '');
  const control = (ties: Html): Html => {
    if (row.kind === 'choice') return choiceControl(ties, row, value);
    return row.kind === 'number'
      ? numberControl(ties, row, value)
      : codeControl(ties, value, row.example ?? '');
  };
  return field(state, { name, control, ...(hint === undefined ? {} : { hint }) });
}

/** One box to check, with its label behind it. */
export function checkBox(name: string, id: string, value: string, label: string, isChecked: boolean): Html {
  const checked = isChecked ? html`checked` : null;
  return html`<label class="check" for="${id}"
    ><input type="checkbox" id="${id}" name="${name}" value="${value}" ${checked} />${label}</label
  >`;
}

/** A value that is none of the choices stays visible. */
function choiceControl(ties: Html, row: ChoiceField, chosen: string): Html {
  const isStrange = chosen !== '' && !Object.hasOwn(row.choices, chosen);
  const strange = [chosen, chosen.charAt(0).toUpperCase() + chosen.slice(1)];
  const options = [['', row.none ?? 'Any'], ...menuOf(row), ...(isStrange ? [strange] : [])];
  const lines = options.map(
    ([value = '', words = '']) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : null}>${words}</option>`,
  );
  return html`<select ${ties}>
    ${lines}
  </select>`;
}

function numberControl(ties: Html, { min }: NumberField, value: string): Html {
  return html`<input
    ${ties}
    type="${inputType('number', value)}"
    inputmode="numeric"
    min="${min}"
    step="1"
    value="${value}"
  />`;
}

/** A short text that is not prose. */
function codeControl(ties: Html, value: string, placeholder: string): Html {
  return html`<input
    ${ties}
    type="text"
    value="${value}"
    placeholder="${placeholder}"
    autocomplete="off"
    autocapitalize="none"
    spellcheck="false"
  />`;
}
