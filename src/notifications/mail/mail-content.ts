/** A link with its label. */
export interface MailLink {
  readonly label: string;
  readonly url: string;
}

/** A list with its title. */
export interface MailList {
  readonly title: string;
  readonly items: readonly string[];
}

/** The content of a mail, before layout as plain text or HTML. All texts are plain, unescaped. */
export interface MailContent {
  readonly subject: string;
  /** The news in a few words. */
  readonly headline: string;
  readonly paragraphs: readonly string[];
  /** Label and value. */
  readonly facts: readonly (readonly [string, string])[];
  /** The next step. */
  readonly button: MailLink;
  /** Text right below the button. */
  readonly note: string | null;
  /** Lists with their titles, e.g. why there are fewer images. */
  readonly lists: readonly MailList[];
  readonly links: readonly MailLink[];
  readonly footer: { readonly reason: string; readonly home: MailLink; readonly never: MailLink };
}

/** The parts of a mail that depend on its slot. */
export type MailBody = Omit<MailContent, 'footer'>;
