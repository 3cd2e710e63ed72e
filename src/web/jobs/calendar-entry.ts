import { ICalCalendar } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { Job } from '../../jobs/job.js';
import { countText } from '../../jobs/wording/amount-text.js';
import { whatText } from '../../jobs/wording/what-text.js';

/** How long the entry looks in a calendar; nobody knows how long the job will take. */
const SHOWN_MINUTES = 15;

/**
 * The start of a job as a calendar file.
 * @param share address of the page to share: calendars are often shared, so the asker's page is not in it
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function calendarEntry({ id, dueAt, request, version, submittedAt }: Job, share: string): string {
  const start = Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(request.timeZone);
  const timezone = { name: null, generator: () => zoneRule(start) };
  const calendar = new ICalCalendar({ prodId: '-//Image Job//EN', timezone });
  calendar.createEvent({
    id: `${id}@image-job`,
    sequence: version,
    stamp: new Date(submittedAt),
    start,
    end: start.add({ minutes: SHOWN_MINUTES }),
    timezone: request.timeZone,
    summary: `Image Job: ${countText(request.count, 'image')} of ${whatText(request)}`,
    description: `The images are collected from this time on. As soon as they are ready, they are here: ${share}`,
    url: share,
  });
  return calendar.toString();
}

/** The offset at the time of the job is all that its zone needs: there is one event. */
function zoneRule(start: Temporal.ZonedDateTime): string {
  const offset = start.offset.replace(':', '');
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${start.timeZoneId}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n');
}
