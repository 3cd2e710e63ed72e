import { type Html, type HtmlPart, html } from '../../jobs/wording/html.js';
import { type FieldName, REQUEST_FIELDS } from '../../jobs/request/request-fields.js';
import type { Problem } from '../../validation/problem.js';
import type { FormValues } from '../submission/form-values.js';

/** Values and problems of the form's fields. */
export interface FieldState {
  readonly values: FormValues;
  readonly problems: readonly Problem[];
}

/** One field of the form. */
export interface FieldParts {
  readonly name: FieldName;
  readonly hint?: HtmlPart;
  /** Builds the control with the attributes that tie it to its label, hint and problem. */
  readonly control: (ties: Html) => Html;
}

/** Whether any of some fields is filled in or wrong, so that a folded part has to be open. */
export function needsAttention({ values, problems }: FieldState, names: readonly FieldName[]): boolean {
  return names.some((name) => values[name] !== '' || problems.some(({ field: wrong }) => wrong === name));
}

/** A labelled control with its hint and its problems, a line for each. */
export function field({ problems }: FieldState, { name, hint, control }: FieldParts): Html {
  const own = problems.filter((problem) => problem.field === name);
  const describedBy = `${hint === undefined ? '' : `${name}-hint `}${name}-problem`;
  const invalid = own.length === 0 ? null : html` aria-invalid="true"`;
  const ties = html`id="${name}" name="${name}" aria-describedby="${describedBy}"${invalid}`;
  return html`<div class="field${own.length === 0 ? '' : ' invalid'}">
    <label for="${name}">${REQUEST_FIELDS[name].label}</label>
    ${hint === undefined ? null : html`<span class="hint" id="${name}-hint">${hint}</span>`} ${control(ties)}
    <span class="problem" id="${name}-problem">${own.map(({ message }) => message).join('\n')}</span>
  </div>`;
}

/** Values that native controls can show; any other typed value is kept in a text field. */
const NATIVE_SHAPES = {
  date: /^(\d{4}-\d{2}-\d{2})?$/,
  time: /^(\d{2}:\d{2}(:\d{2})?)?$/,
  number: /^(-?\d+)?$/,
} as const;

/** The type attribute of an input: `text` if a native control would lose the typed value. */
export function inputType(native: keyof typeof NATIVE_SHAPES, value: string): string {
  return NATIVE_SHAPES[native].test(value) && isShown(native, value) ? native : 'text';
}

/** Browsers clear a date or time field with an impossible value, such as 30 February or year 0. */
function isShown(native: keyof typeof NATIVE_SHAPES, value: string): boolean {
  if (native === 'number' || value === '') return true;
  if (value.startsWith('0000-')) return false;
  const at = native === 'date' ? `${value}T00:00:00Z` : `2000-01-01T${value}Z`;
  const parsed = new Date(at);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().includes(value);
}

/** The list of problems above the form, each linked to its field. */
export function problemSummary(problems: readonly Problem[]): Html | null {
  if (problems.length === 0) return null;
  const title =
    problems.length === 1
      ? 'One thing needs your attention'
      : `${problems.length} things need your attention`;
  const lines = problems.map(({ field: name, message }) => html`<li><a href="#${name}">${message}</a></li>`);
  return html`<section class="note bad" id="problems" role="alert" tabindex="-1" autofocus>
    <h2>${title}</h2>
    <ul>
      ${lines}
    </ul>
  </section>`;
}
