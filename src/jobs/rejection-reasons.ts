/** Fallbacks for a candidate whose image was rejected. */
export type Fallback =
  /** The same address again, naming the page to a host that refuses others or sends something else. */
  | 'referer'
  /** The source page, which may still show the image. */
  | 'page'
  /** The next image of the page, if the rejected one came from there. */
  | 'next_on_page'
  /** The engine's small preview, if the asker allows previews. */
  | 'preview';

interface RejectionRow {
  /** For people, before or after a count. */
  readonly label: string;
  readonly fallbacks: readonly Fallback[];
  /** Whether the reason is about the candidate's claim, so that the same bytes may be fine for another candidate. */
  readonly isAboutClaim?: true;
}

const GONE = ['page', 'next_on_page', 'preview'] as const;
const SUBSTITUTE = ['referer', ...GONE] as const;

/** All rejection reasons of records, in the order of lists. */
const REJECTIONS = {
  no_image_url: { label: 'no address of the full-size image', fallbacks: GONE },
  address_refused: { label: 'address that is not public', fallbacks: ['next_on_page'] },
  unreachable: { label: 'site could not be reached', fallbacks: GONE },
  timeout: { label: 'site did not answer in time', fallbacks: GONE },
  too_slow: { label: 'download too slow', fallbacks: GONE },
  http_status: { label: 'site answered with an error', fallbacks: GONE },
  rate_limited: { label: 'site asked to slow down', fallbacks: GONE },
  too_many_redirects: { label: 'redirected too often', fallbacks: GONE },
  bad_answer: { label: 'site gave an answer that made no sense', fallbacks: GONE },
  bad_headers: { label: 'site sent headers that cannot be read', fallbacks: GONE },
  not_an_image: { label: 'not an image', fallbacks: SUBSTITUTE },
  unsupported_format: {
    label: 'not JPEG, PNG, WebP, GIF or AVIF',
    fallbacks: ['next_on_page', 'preview'],
  },
  broken_image: { label: 'broken or cut-off image', fallbacks: GONE },
  too_large: { label: 'file too large', fallbacks: ['preview'] },
  too_many_pixels: { label: 'more pixels than allowed', fallbacks: ['preview'] },
  too_small: { label: 'image too small', fallbacks: SUBSTITUTE, isAboutClaim: true },
  empty: { label: 'empty file', fallbacks: GONE },
  exact_duplicate: { label: 'same file as another image', fallbacks: ['next_on_page'] },
  near_duplicate: { label: 'same picture as another image', fallbacks: [] },
  delivered_before: { label: 'delivered by an earlier job already', fallbacks: ['next_on_page'] },
  placeholder: { label: '“image not available” picture', fallbacks: SUBSTITUTE, isAboutClaim: true },
  thumbnail_instead: {
    label: 'thumbnail in place of the full-size image',
    fallbacks: SUBSTITUTE,
    isAboutClaim: true,
  },
  filter_mismatch: { label: 'not as the filters ask', fallbacks: [] },
  crawlers_only: { label: 'site shows its images to search engines only', fallbacks: ['preview'] },
  opted_out: { label: 'site asks not to be collected', fallbacks: [] },
  job_budget_spent: { label: 'size limit of the job reached', fallbacks: [] },
} as const satisfies Record<string, RejectionRow>;

/** A stable code for records, the API and shortfalls. */
export type RejectionReason = keyof typeof REJECTIONS;

/** A reason of the records, or `another_picture`: not the picture searched for on a page; never recorded. */
export type RejectionCause = RejectionReason | 'another_picture';

const ROWS: Readonly<Record<RejectionCause, RejectionRow>> = {
  ...REJECTIONS,
  another_picture: { label: '', fallbacks: ['next_on_page'], isAboutClaim: true },
};

/** Every reason, in the order of lists. */
export const REJECTION_REASONS = Object.keys(REJECTIONS).filter(isRejectionReason);

/** Whether a code is the reason of a rejection. */
export function isRejectionReason(code: string): code is RejectionReason {
  return Object.hasOwn(REJECTIONS, code);
}

/** The label of a reason, for use before or after a count. */
export function rejectionLabel(reason: RejectionReason): string {
  return ROWS[reason].label;
}

/** Whether `fallback` makes sense after a rejection. */
export function mayTry(fallback: Fallback, reason: RejectionCause): boolean {
  return ROWS[reason].fallbacks.includes(fallback);
}

/** Whether a rejection is about the candidate's claim and not about the bytes. */
export function isAboutClaim(reason: RejectionCause): boolean {
  return ROWS[reason].isAboutClaim === true;
}

/** @returns the reason for the record: an image of the page that is another one leaves the candidate without address */
export function recordedReason(reason: RejectionCause): RejectionReason {
  return reason === 'another_picture' ? 'no_image_url' : reason;
}
