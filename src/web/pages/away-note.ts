import { html } from '../../jobs/wording/html.js';

/** The note that a page's script shows while the server is away. */
export const AWAY_NOTE = html`<p class="note warn" id="away" hidden>
  The server cannot be reached. This page goes on by itself when it is back.
</p>`;
