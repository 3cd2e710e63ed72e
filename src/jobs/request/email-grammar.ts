/** Characters of a name before the @ except the dot, for a class of a regular expression. */
const NAME_CHARACTER = "\\-\\w!#$%&'*+/=?^`{|}~";

/**
 * Sources of regular expressions for plain addresses: validation, the form's script and the last check before
 * sending.
 */
export const EMAIL_GRAMMAR = {
  /** A name of words with single dots between them. */
  dotAtom: `[${NAME_CHARACTER}]+(?:\\.[${NAME_CHARACTER}]+)*`,
  /** A name with dots anywhere except at its start. */
  dottedName: `[${NAME_CHARACTER}][${NAME_CHARACTER}.]*`,
  /** A name within the limits of length. */
  shortName: `[${NAME_CHARACTER}.]{1,64}`,
  /**
   * A text that some mail programs decode before they look for the @.
   * @see https://www.rfc-editor.org/rfc/rfc2047
   */
  encodedWord: String.raw`=\?.*\?=`,
} as const;
