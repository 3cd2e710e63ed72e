/**
 * Wording of problems by stable code: what is wrong and what to do. `{name}` stands for a fact of the
 * problem. Pages, JSON API, chat doors and the script in the browser all use this table.
 */
export const PROBLEM_WORDING = {
  'field.unknown': 'There is no field “{name}”. Leave it out.',
  'field.unknown_near': 'There is no field “{name}”. Did you mean “{nearest}”?',
  'field.too_much': 'Together with the rest, this is too long for the links that repeat the job. Shorten it.',
  'field.not_text': 'Send this field once, as plain text.',
  'query.missing': 'Type what the pictures should show, for example “red panda”.',
  'query.too_long': 'Shorten the search to {max} characters; it has {length}.',
  'query.control_characters':
    'Remove the invisible control characters; type the words instead of pasting them.',
  'query.direction_overrides':
    'Remove the hidden marks that reverse the writing direction; type the words instead of pasting them.',
  'query.broken_text': 'Part of this text arrived broken. Type it again.',
  'queries.beside_query': 'There is a single search above and a list here. Clear one of the two.',
  'queries.too_many': 'Put at most {max} searches in one job; there are {count}.',
  'queries.too_long': 'Shorten the list to {max} characters in all; it has {length}.',
  'queries.not_text':
    'This is not a text in UTF-8. Choose a plain text file (.txt), or a table saved as “CSV UTF-8” (.csv).',
  'queries.file_empty': 'This file is empty. Choose another one, or type the searches.',
  'queries.file_too_large': 'This file is too large for a list of searches. Choose one of at most {max} kB.',
  'queries.not_csv':
    'Line {line}: this CSV cannot be read. Close every quote, and write a quote inside quotes twice.',
  'queries.no_query_column':
    'The first line of a CSV names its columns: query, and if wanted count and name. No column here is named query.',
  'queries.not_a_query': 'Search {line}: send a text, or an object with query, and if wanted count and name.',
  'queries.empty': 'Line {line} is empty. Type what the pictures should show, or remove the line.',
  'queries.line': 'Line {line}: {problem}',
  'queries.repeated': 'Line {line} is the same search as line {other}. Remove one of the two.',
  'queries.same_name':
    'Lines {other} and {line} have names that a disk cannot tell apart. Give one another name, as in “name: search”.',
  'queries.sum': 'Together these ask for {sum} images; a job has at most {max}. Lower some numbers.',
  'queries.name_too_long': 'Line {line}: shorten the name to {max} characters; it has {length}.',
  'queries.name_empty': 'Line {line}: give it a name that can be seen, or leave out the name.',
  'phrase.without_list':
    'This belongs to a list of searches, and there is none. Clear it, or write the searches as a list.',
  'phrase.too_long': 'Shorten this to {max} characters.',
  'count.missing': 'Say how many images you want, from 1 to {max}.',
  'count.not_whole': 'Write a whole number in plain digits, from 1 to {max}.',
  'count.too_small': 'Ask for at least 1 image.',
  'count.too_large': 'Ask for at most {max} images.',
  'date.missing': 'Choose the date for this time, or clear the time to start now.',
  'date.invalid': 'Write a date that exists, as year-month-day, for example {example}.',
  'date.past':
    'This date is over in {zone}. Choose today or a later day, or clear date and time to start now.',
  'date.too_far': 'This is too far ahead. Choose a time no later than {latest}.',
  'time.missing': 'Choose the time of day, or clear the date to start now.',
  'time.invalid': 'Write a time of day from 00:00 to 23:59, for example 09:30.',
  'time.past': 'In {zone} it is already {now}. Choose a later time, or clear date and time to start now.',
  'time.skipped':
    'Clocks in {zone} go forward then, so {time} does not exist on that day. Choose {next} or another time.',
  'timeZone.missing': 'Choose the time zone that the date and time are meant in.',
  'timeZone.unknown': 'Choose a time zone from the list, for example Europe/Vienna.',
  'when.unclear':
    'I cannot read this time. Write it like “tomorrow 9am”, “in 2 hours”, “2026-12-24 18:00” or “now”.',
  'when.no_such_day': 'There is no {day}. Choose a day that exists.',
  'when.no_such_month':
    'There is no month {month}: they go from 1 to 12. Write the date as year-month-day, for example 2026-12-24.',
  'when.no_such_time':
    'There is no {time} on a clock. Write a time from 00:00 to 23:59, or one like “9am” or “6:30pm”.',
  'when.no_hour': 'Say the hour too, for example “tomorrow 9am” or “friday 18:00”.',
  'when.which_half': 'Say which {hour} you mean: {hour}am, {hour}pm, or a 24-hour time such as 18:00.',
  'when.which_date':
    'Day and month could be mixed up. Write the date as year-month-day, for example 2026-12-24.',
  'when.other_zone':
    'Leave the zone out: times are read in your own zone. To name another, end with it, for example “tomorrow 9am Europe/Vienna”.',
  'when.past': 'That is over: in {zone} it is {now}. Choose a later time, or “now”.',
  'when.too_far': 'This is too far ahead. Choose a time no later than {latest}.',
  'when.skipped':
    'Clocks in {zone} go forward then, so {time} does not exist on that day. Choose {next} or another time.',
  'email.several': 'Give exactly one e-mail address.',
  'email.not_plain':
    'Write the address alone, like ana@example.org, without a name, quotes, brackets or spaces.',
  'email.no_at': 'An e-mail address has one @ in it, like ana@example.org.',
  'email.bad_name':
    'Check the part before the @: letters, digits, - _ + and single dots between them are usual there.',
  'email.encoded_name':
    'Write the address in plain letters: a mail program could read another one out of “=?…?=” before the @.',
  'email.name_not_ascii':
    'Mail servers may not deliver to this address: use one with plain letters before the @.',
  'email.bad_domain': 'Check the part after the @: it should look like example.org.',
  'email.too_long': 'This address is longer than mail allows. Check it.',
  'choice.unknown': 'There is no “{value}” to choose here. Choose one of: {choices}.',
  'choice.unknown_near': 'There is no “{value}” to choose here. Did you mean “{nearest}”?',
  'pixels.not_whole': 'Write a whole number of pixels in plain digits, from {min} to {max}.',
  'percent.not_whole': 'Write a whole number of percent in plain digits, from {min} to {max}.',
  'number.not_whole': 'Write a whole number in plain digits, from {min} to {max}.',
  'exactSize.invalid': 'Write width and height in pixels, for example 1920x1080, each from 1 to {max}.',
  'size.contradicts':
    'No image of {pixels} pixels is “{size}”: that class means {meaning} on the longest side. Clear one of the two.',
  'minimum.above_exact': 'The exact size is {exact}, which is less. Lower this, or clear one of the two.',
  'aspect.contradicts': 'An image of exactly {exact} is not “{aspect}”. Clear one of the two.',
  'fileType.not_animated': '{fileType} files do not move. Choose GIF or WebP, or another type of image.',
  'fileType.not_transparent':
    'JPEG files cannot be transparent. Choose another file type, or another colour.',
  'sites.not_a_site':
    '“{value}” is not the name of a site. Write names like example.org, with commas between.',
  'sites.too_many': 'Name at most {max} sites.',
  'sites.in_both': '{site} is wanted and left out at the same time. Remove it from one of the two.',
  'engines.unknown': 'There is no engine “{value}”. Choose among: {choices}.',
  'engines.unknown_near': 'There is no engine “{value}”. Did you mean “{nearest}”?',
  'engines.not_here': '{engine} is not in use here. Choose among: {choices}.',
  'filter.no_engine': '{engines} cannot tell which images are “{filter}”. Clear this{instead}.',
  'filter.none_there': 'There are no “{filter}” at {engines}. Clear this{instead}.',
  'filters.no_engine_for_all':
    'No engine can honour all of this together: {demands}. Clear one of these{instead}.',
  'flag.unclear': 'Say yes or no.',
  'validation.needs_folders':
    'Images for validation need a folder of their own. Ask for a folder for each search (folders) or a Hugging Face dataset (huggingface), or clear this.',
  'seed.without_split':
    'The seed only decides which images are for validation. Give a share for validation, or clear this.',
  'namePattern.too_long': 'Shorten the pattern to {max} characters.',
  'namePattern.unknown_place': 'There is no “{{place}}” for file names. These can be used: {places}.',
  'namePattern.unknown_near': 'There is no “{{place}}” for file names. Did you mean “{{nearest}}”?',
  'namePattern.open_brace': 'Close every { with a }, for example {example}.',
  'namePattern.characters':
    'Use only letters, digits, spaces, - _ and places in braces, for example {example}. The extension is added.',
} as const;

/** The stable dotted code of a problem. */
export type ProblemCode = keyof typeof PROBLEM_WORDING;

/** Facts that fill the places of a wording. */
export type ProblemFacts = Readonly<Record<string, string | number>>;

/** Words a problem. @param facts values for the `{name}` places */
export function wordProblem(code: ProblemCode, facts: ProblemFacts = {}): string {
  return PROBLEM_WORDING[code].replace(/\{(\w+)\}/g, (place, name: string) => String(facts[name] ?? place));
}
