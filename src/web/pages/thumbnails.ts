import { type Html, html } from '../../jobs/html.js';
import type { KeptImage } from '../jobs/kept-images.js';

/**
 * A grid of thumbnails in the order the images were found.
 * @param base path below which the thumbnails lie: `<base>/thumbs/<sha256>`
 */
export function thumbnails(images: readonly KeptImage[], base: string): Html {
  return html`<ul class="thumbs" id="thumbs">
    ${images.map((image) => thumbnail(image, base))}
  </ul>`;
}

function thumbnail({ file, title, position }: KeptImage, base: string): Html {
  return html`<li data-position="${position}">
    <img
      src="${base}/thumbs/${file.sha256}"
      alt="${title ?? 'Image without a title'}"
      loading="lazy"
      decoding="async"
    />
  </li>`;
}
