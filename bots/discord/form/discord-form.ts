import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitFields,
  TextInputStyle,
} from 'discord.js';
import { DEFAULT_COUNT, MAX_EMAIL_LENGTH } from '../../../src/jobs/request/main-fields.js';
import { REQUEST_FIELDS } from '../../../src/jobs/request/request-fields.js';
import type { RawFields } from '../../../src/validation/problem.js';
import { searchesIn } from '../../conversation/listed-searches.js';
import { FORM_ID } from '../discord-names.js';

/** One field of the form, named like its raw field. Discord allows five per form. */
interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly maxLength: number;
  readonly isRequired?: boolean;
  readonly hasLines?: boolean;
}

/** Longest text that a field of Discord takes. */
const MAX_TEXT = 4000;

const FIELDS: readonly FormField[] = [
  {
    name: 'query',
    label: REQUEST_FIELDS.query.label,
    hint: 'One search, or one per line: pandas: red panda | 50. Filters as words: size:large licence:reuse',
    maxLength: MAX_TEXT,
    isRequired: true,
    hasLines: true,
  },
  {
    name: 'count',
    label: REQUEST_FIELDS.count.label,
    hint: `A whole number; ${DEFAULT_COUNT} when left empty`,
    maxLength: 9,
  },
  {
    name: 'when',
    label: 'When?',
    hint: 'tomorrow 9am, in 2 hours, 2026-12-24 18:00; now when left empty',
    maxLength: 100,
  },
  {
    name: 'timeZone',
    label: 'Time zone of that time',
    hint: 'For example Europe/Vienna; remembered for the next time',
    maxLength: 60,
  },
  {
    name: 'email',
    label: 'Also tell this e-mail address',
    hint: 'May be left empty',
    maxLength: MAX_EMAIL_LENGTH,
  },
];

/** The form for Discord. @param prefill initial values by field name */
export function formModal(prefill: RawFields): APIModalInteractionResponseCallbackData {
  return {
    custom_id: FORM_ID,
    title: 'Collect images',
    components: FIELDS.map((field) => labelled(field, prefill[field.name])),
  };
}

/** The raw fields of a submitted form, without empty ones. */
export function discordFormFields({ fields }: Pick<ModalSubmitFields, 'fields'>): RawFields {
  const read = FIELDS.map(({ name }) => {
    const field = fields.get(name);
    return [name, field !== undefined && 'value' in field ? field.value : ''] as const;
  });
  const { query, ...others } = Object.fromEntries(read.filter(([, value]) => value !== '' && value !== null));
  return typeof query === 'string' ? { ...searchesIn(query), ...others } : others;
}

function labelled(
  { name, label, hint, maxLength, isRequired, hasLines }: FormField,
  value: unknown,
): APILabelComponent {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return {
    type: ComponentType.Label,
    label,
    description: hint,
    component: {
      type: ComponentType.TextInput,
      custom_id: name,
      style: hasLines === true ? TextInputStyle.Paragraph : TextInputStyle.Short,
      required: isRequired === true,
      max_length: maxLength,
      ...(text === '' ? {} : { value: text.slice(0, maxLength) }),
    },
  };
}
