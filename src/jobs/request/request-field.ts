/** Longest side that can be asked for, in pixels: larger images cannot be decoded. */
export const MAX_SIDE_PX = 20_000;

/** Facts of a field that do not depend on its kind. */
interface FieldFacts {
  /** A few words beside its control. */
  readonly label: string;
  /** A sentence for the API description and for chat commands. */
  readonly about: string;
  /** A typical value, as a person types it. */
  readonly example?: string;
  /** Names of the field in chat text such as `size:large`, the usual one first: lower case, no separators. */
  readonly words?: readonly string[];
  /**
   * The phrase for a value in a sentence, given the value in words and as it is; the words alone by default.
   */
  readonly said?: (words: string, value: string) => string;
}

/** One of several choices. */
export interface ChoiceField extends FieldFacts {
  readonly kind: 'choice';
  /** Each value with its words, as they stand in a sentence. */
  readonly choices: Readonly<Record<string, string>>;
  /** The words in a list to choose from, if they differ. */
  readonly menu?: Readonly<Record<string, string>>;
  /** The words in that list for no choice; `Any` by default. */
  readonly none?: string;
}

/** A whole number. */
export interface NumberField extends FieldFacts {
  readonly kind: 'number';
  /** May be written behind the number. */
  readonly unit: 'pixels' | 'percent' | 'none';
  readonly min: number;
  readonly max: number;
}

/** A text with an example: a size such as `1920x1080`, a list of sites, a pattern of file names. */
export interface TypedField extends FieldFacts {
  readonly kind: 'size' | 'sites' | 'pattern';
  readonly example: string;
}

/** Yes or no, or a field with a control of its own at each door. */
export interface PlainField extends FieldFacts {
  readonly kind:
    'query' | 'queries' | 'phrase' | 'date' | 'time' | 'zone' | 'count' | 'email' | 'engines' | 'flag';
}

/** One field of a request, as all doors know it. */
export type RequestField = ChoiceField | NumberField | TypedField | PlainField;

/** Fields by name. */
export type FieldTable = Readonly<Record<string, RequestField>>;
