/** Names that may stand in braces in a pattern of file names. */
export const NAME_PLACES = ['number', 'title', 'query', 'site', 'engine', 'width', 'height'] as const;
/** One such name. */
export type NamePlace = (typeof NAME_PLACES)[number];

/** The pattern if none was asked for. */
export const DEFAULT_NAME_PATTERN = '{number}-{title}';
