import { type Html, html } from '../jobs/wording/html.js';
import type { ManifestFile } from './manifest.js';

/** More than one, since people throw pictures away; few, since each is loaded at once. */
const PROBES = 3;

/** The notice is what stands in for a picture, so its box is the only thing to draw. */
export const UNPACK_FIRST_STYLE = `
.unpack-first { font-size: 0; line-height: 0; }
.unpack-first strong { display: block; font: bold 15px/1.45 system-ui, sans-serif; margin: 0 0 1.25rem; padding: .75rem 1rem; border: 2px solid var(--ink); border-radius: 10px; background: var(--card); color: var(--ink); }
`;

/**
 * Says that the archive has to be unpacked, where none of the first pictures can be loaded, as when the page was
 * opened from inside of the zip. An object shows what is in it only where its own file cannot be shown: no script.
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
      html`<object data="${file}" type="image/${format}" aria-label="${file}" width="0" height="0">
        ${inside}
      </object>`,
    notice,
  );
  return html`<div class="unpack-first">${nested}</div>`;
}
