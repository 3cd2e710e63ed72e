import { type Html, html } from '../../jobs/wording/html.js';
import type { ShownImage } from '../jobs/kept-images.js';

/**
 * A grid of thumbnails in the order the images were found.
 * @param base path of the thumbnails: `<base>/thumbs/<sha256>`
 */
export function thumbnails(images: readonly ShownImage[], base: string): Html {
  return html`<ul class="thumbs" id="thumbs">
    ${images.map((image) => thumbnail(image, base))}
  </ul>`;
}

function thumbnail({ file, title, position }: ShownImage, base: string): Html {
  return html`<li data-position="${position}">
    <img
      src="${base}/thumbs/${file.sha256}"
      alt="${title ?? 'Image without a title'}"
      loading="lazy"
      decoding="async"
    />
  </li>`;
}
