import { type Html, html } from '../../jobs/wording/html.js';
import { choicesOf } from '../../jobs/request/request-fields.js';
import { LARGE_FROM_PX, MEDIUM_FROM_PX, sizeClassOf } from '../../jobs/request/image-shape.js';
import type { ManifestFile } from '../manifest.js';

const SIZES = choicesOf('size');
const LABELS = {
  large: `Large, ${LARGE_FROM_PX} px and more`,
  medium: `Medium, ${MEDIUM_FROM_PX} to ${LARGE_FROM_PX - 1} px`,
  small: `Small, under ${MEDIUM_FROM_PX} px`,
} as const;

/** Shows only one size class; with styles alone, so that no script has to be allowed. */
export const SIZE_FILTER_STYLE = `
.sizes { display: none; border: 0; margin: 0 0 1.25rem; padding: 0; min-width: 0; gap: .5rem; flex-wrap: wrap; }
@supports selector(:has(a)) { .sizes { display: flex; } }
.sizes legend { float: left; padding: .35rem .5rem .35rem 0; color: var(--soft); }
.sizes label { position: relative; padding: .35rem .85rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card); cursor: pointer; }
.sizes input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.sizes label:has(:checked) { background: var(--ink); border-color: var(--ink); color: var(--ground); }
.sizes label:has(:focus-visible) { outline: 3px solid var(--link); outline-offset: 2px; }
${SIZES.map((size) => `body:has(#size-${size}:checked) figure:not(.${size}) { display: none; }`).join('\n')}
@media print { .sizes { display: none; } }
`;

/** Lets the reader choose a size class; null if all images have the same. */
export function sizeFilter(files: readonly ManifestFile[]): Html | null {
  const choices = SIZES.toReversed()
    .map((size) => ({ size, count: files.filter((file) => sizeOf(file) === size).length }))
    .filter(({ count }) => count > 0);
  if (choices.length < 2) return null;
  return html`<fieldset class="sizes">
    <legend>Show</legend>
    ${choice('all', 'All', files.length)}
    ${choices.map(({ size, count }) => choice(size, LABELS[size], count))}
  </fieldset>`;
}

/** The size class of a file, which is also the CSS class of its figure. */
export function sizeOf({ width, height }: ManifestFile): string {
  return sizeClassOf(width, height);
}

function choice(value: string, label: string, count: number): Html {
  const checked = value === 'all' ? html` checked` : null;
  return html`<label
    ><input type="radio" name="size" id="size-${value}" autocomplete="off" ${checked} />${label}
    (${count})</label
  >`;
}
