import { AppError } from '../../jobs/app-error.js';
import type { ChoiceText } from '../../jobs/choice/choice-text.js';

/** The choice of a form or JSON body. */
export interface Chosen {
  /** Numbers of images, from 1; a number that is none is NaN. */
  readonly numbers: readonly number[];
  /** `choice`, if it is a text that is not empty. */
  readonly choice: ChoiceText | null;
  /** Whether `all` is `yes` or true. */
  readonly isAll: boolean;
}

/** Reads `image` (once, repeated or a list), `choice` and `all` of a body. */
export function chosenIn(body: unknown): Chosen {
  const fields: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {};
  const { image = [], choice, all } = fields;
  const images: readonly unknown[] = Array.isArray(image) ? image : [image];
  return {
    numbers: images.map(numberIn),
    choice: typeof choice === 'string' && choice !== '' ? choice : null,
    isAll: all === 'yes' || all === true,
  };
}

/** The number of an image in an address. @throws AppError `choice.no_such_image` */
export function imageNumber(text: string): number {
  const number = numberIn(text);
  if (Number.isNaN(number)) throw new AppError('choice.no_such_image');
  return number;
}

function numberIn(value: unknown): number {
  return /^[1-9]\d{0,5}$/.test(String(value)) ? Number(value) : Number.NaN;
}
