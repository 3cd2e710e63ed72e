import type { types } from '@slack/bolt';
import type { EngineName } from '../../../src/engines/engines.js';
import { DEFAULT_COUNT } from '../../../src/jobs/request/main-fields.js';
import type { RequestField } from '../../../src/jobs/request/request-field.js';
import { FILTER_FIELDS, type FilterField, REQUEST_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { engineWording, menuOf } from '../../../src/jobs/wording/filter-wording.js';
import type { Problem, RawFields } from '../../../src/validation/problem.js';
import { withEmoji } from '../../conversation/emoji-names.js';
import { searchesIn } from '../../conversation/listed-searches.js';
import { FORM_CALLBACK } from '../slack-names.js';

/** Context that travels with the form: the conversation for the answer and the zone of its times. */
export interface FormContext {
  readonly conversation: string;
  /** IANA zone, or '' if unknown. */
  readonly timeZone: string;
}

/** Initial values and limits of the form. */
export interface FormPrefill {
  readonly email: string | null;
  readonly maxImages: number;
  /** The engines of this installation. */
  readonly engines: readonly EngineName[];
}

/** One field of the form. Its block is named like the raw field, so that problems appear beside it. */
interface FormField {
  readonly name: string;
  readonly label: string;
  readonly isOptional: boolean;
  readonly hint?: string;
  readonly element: (prefill: FormPrefill) => types.InputBlock['element'];
  /** Returns the typed or chosen value as a raw field; undefined if it is empty. */
  readonly read: (state: FieldState) => string | undefined;
}

/** The used parts of a field's state in a submitted form. */
interface FieldState {
  readonly value?: string | null;
  readonly selected_date_time?: number | null;
  readonly selected_option?: { readonly value?: string } | null;
}

const ACTION = 'value';
/** Longest text that a field of Slack takes. */
const MAX_TEXT = 3000;
/** Problems of one field that are shown together. */
const MAX_SHOWN = 5;
const typed = ({ value }: FieldState): string | undefined => value ?? undefined;
const chosen = ({ selected_option: option }: FieldState): string | undefined => option?.value ?? undefined;

function select(
  choices: readonly (readonly [value: string, words: string])[],
  none = 'Any',
): types.StaticSelect {
  const options = choices.map(([value, words]) => ({ text: plain(words), value }));
  return { type: 'static_select', action_id: ACTION, placeholder: plain(none), options };
}

function filterField(name: FilterField): FormField {
  const field: RequestField = REQUEST_FIELDS[name];
  const facts = { name, label: field.label, isOptional: true };
  if (field.kind === 'choice')
    return { ...facts, element: () => select(menuOf(field), field.none), read: chosen };
  if (field.kind === 'engines') {
    const element = ({ engines }: FormPrefill): types.StaticSelect =>
      select(engines.map((engine) => [engine, engineWording(engine)]));
    return { ...facts, element, read: chosen };
  }
  const placeholder = plain(field.example ?? '');
  const element = (): types.PlainTextInput => ({ type: 'plain_text_input', action_id: ACTION, placeholder });
  return { ...facts, element, read: typed };
}

/** All fields, in order. */
const FIELDS: readonly FormField[] = [
  {
    name: 'query',
    label: REQUEST_FIELDS.query.label,
    isOptional: false,
    hint: `More lines are a list of searches in one job, e.g. “${REQUEST_FIELDS.queries.example}”.`,
    element: () => ({
      type: 'plain_text_input',
      action_id: ACTION,
      multiline: true,
      max_length: MAX_TEXT,
      placeholder: plain(REQUEST_FIELDS.query.example),
    }),
    read: (state) => withEmoji(typed(state) ?? ''),
  },
  {
    name: 'count',
    label: REQUEST_FIELDS.count.label,
    isOptional: false,
    element: ({ maxImages }) => ({
      type: 'number_input',
      action_id: ACTION,
      is_decimal_allowed: false,
      initial_value: String(Math.min(DEFAULT_COUNT, maxImages)),
    }),
    read: typed,
  },
  {
    name: 'when',
    label: 'When?',
    isOptional: true,
    hint: 'In your own time zone. Leave it empty to start now.',
    element: () => ({ type: 'datetimepicker', action_id: ACTION }),
    read: ({ selected_date_time: seconds }) =>
      typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : undefined,
  },
  {
    name: 'email',
    label: 'Also tell this e-mail address',
    isOptional: true,
    element: ({ email }) => ({
      type: 'email_text_input',
      action_id: ACTION,
      ...(email === null ? {} : { initial_value: email }),
    }),
    read: typed,
  },
  ...FILTER_FIELDS.map(filterField),
];

/** Fields of the form that show the problems of other doors' fields. */
const SHOWN_AT: Readonly<Record<string, string>> = { date: 'when', time: 'when', timeZone: 'when' };

/** The form for Slack. */
export function formView(context: FormContext, prefill: FormPrefill): types.ModalView {
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: JSON.stringify(context),
    title: plain('Collect images'),
    submit: plain('Collect'),
    close: plain('Close'),
    blocks: FIELDS.map(({ name, label, isOptional, hint, element }): types.InputBlock => ({
      type: 'input',
      block_id: name,
      label: plain(label),
      optional: isOptional,
      element: element(prefill),
      ...(hint === undefined ? {} : { hint: plain(hint) }),
    })),
  };
}

/** The raw fields of a submitted form. @param values `view.state.values` */
export function slackFormFields(
  values: Readonly<Record<string, Readonly<Record<string, FieldState>>>>,
): RawFields {
  const read = FIELDS.map((field) => [field.name, field.read(values[field.name]?.[ACTION] ?? {})] as const);
  const { query, ...others } = Object.fromEntries(
    read.filter(([, value]) => value !== undefined && value !== ''),
  );
  return query === undefined ? others : { ...searchesIn(query), ...others };
}

/** The problems of the first wrong field of each block, by block: a list has a problem for each wrong line. */
export function formErrors(problems: readonly Problem[]): Record<string, string> {
  const places = FIELDS.map(({ name }) => name);
  const fields = [...new Set(problems.map(({ field }) => field))];
  const placed = fields.map((field) => [SHOWN_AT[field] ?? field, messagesOf(field, problems)] as const);
  const shown = placed.map(
    ([field, message]) => [places.includes(field) ? field : 'query', message] as const,
  );
  return Object.fromEntries(shown.toReversed());
}

function messagesOf(field: string, problems: readonly Problem[]): string {
  const own = problems.filter((problem) => problem.field === field).map(({ message }) => message);
  return own.slice(0, MAX_SHOWN).join(' ');
}

/** Reads the form's context. Slack signs it, so only its shape is checked. */
export function formContext(metadata: string, user: string): FormContext {
  const nothing = { conversation: user, timeZone: '' };
  if (metadata === '') return nothing;
  const given: unknown = JSON.parse(metadata);
  if (typeof given !== 'object' || given === null) return nothing;
  const { conversation = user, timeZone = '' } = given as Partial<Record<string, string>>;
  return { conversation, timeZone };
}

function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text };
}
