/** Longest name and value of a suggestion. */
const MAX_LENGTH = 100;

/** A suggestion of autocompletion. */
export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** Cuts a suggestion to Discord's limits. */
export function suggestion(name: string, value: string): Suggestion {
  return { name: shortened(name), value: value.slice(0, MAX_LENGTH) };
}

function shortened(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}
