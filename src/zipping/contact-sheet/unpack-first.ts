import { type Html, html } from '../../jobs/wording/html.js';
import type { ManifestFile } from '../manifest.js';
import { fileLink } from './file-link.js';

/** More than one, since people delete pictures; few, since each is loaded at once. */
const PROBES = 3;

/** The notice takes the place of a picture, so only its box is drawn. */
export const UNPACK_FIRST_STYLE = `
.unpack-first { font-size: 0; line-height: 0; }
.unpack-first strong { display: block; font: bold 15px/1.45 system-ui, sans-serif; margin: 0 0 1.25rem; padding: .75rem 1rem; border: 2px solid var(--ink); border-radius: 10px; background: var(--card); color: var(--ink); }
`;

/**
 * Asks to unpack the archive if none of the first pictures can be loaded, e.g. because the page was opened
 * within the zip. An `object` shows its content only if its own file cannot be shown, so this needs no
 * script.
 */
export function unpackFirst(files: readonly ManifestFile[]): Html | null {
  const probes = files.slice(0, PROBES);
  if (probes.length === 0) return null;
  const notice = html`<strong
    >The pictures are not beside this page. If you opened it from inside the zip, unpack the whole zip first
    and open index.html there.</strong
  >`;
  const nested = probes.reduceRight(
    (inside, { file, format }) =>
      html`<object data="${fileLink(file)}" type="image/${format}" aria-label="${file}" width="0" height="0">
        ${inside}
      </object>`,
    notice,
  );
  return html`<div class="unpack-first">${nested}</div>`;
}
