/** An address with the words that lead to it. */
export interface MailLink {
  readonly label: string;
  readonly url: string;
}

/** A list with its title. */
export interface MailList {
  readonly title: string;
  readonly items: readonly string[];
}

/** What a mail says, before it is laid out as plain text or HTML. All texts are plain, unescaped. */
export interface MailContent {
  readonly subject: string;
  /** What has happened, in a few words. */
  readonly headline: string;
  readonly paragraphs: readonly string[];
  /** Label and value. */
  readonly facts: readonly (readonly [string, string])[];
  /** The one thing to do next. */
  readonly button: MailLink;
  /** Said right below the button. */
  readonly note: string | null;
  /** Lists with their titles, e.g. why there are fewer images. */
  readonly lists: readonly MailList[];
  readonly links: readonly MailLink[];
  readonly footer: { readonly reason: string; readonly home: MailLink; readonly never: MailLink };
}

/** What differs from slot to slot. */
export type MailBody = Omit<MailContent, 'footer'>;
