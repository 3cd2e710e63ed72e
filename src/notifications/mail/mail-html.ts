import { type Html, html } from '../../jobs/wording/html.js';
import type { MailContent, MailLink, MailList } from './mail-content.js';
import { MAIL_DARK_STYLE, MAIL_STYLE as style } from './mail-style.js';

/** The mail as one HTML page, with inline styles and tables, which all mail programs understand. */
export function mailHtml(content: MailContent): string {
  const { headline, paragraphs, button, note, footer } = content;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${content.subject}</title>
        <style>
          ${MAIL_DARK_STYLE}
        </style>
      </head>
      <body class="ground" style="${style.body}">
        <div style="${style.preview}">${paragraphs[0] ?? ''}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
          <tr>
            <td align="center" style="padding: 32px 12px">
              <table role="presentation" class="card" cellpadding="0" cellspacing="0" style="${style.card}">
                <tr>
                  <td style="padding: 32px 28px">
                    <p class="soft" style="${style.brand}">Image Job</p>
                    <h1 style="${style.headline}" dir="auto">${headline}</h1>
                    ${paragraphs.map((text) => html`<p style="${style.paragraph}" dir="auto">${text}</p>`)}
                    <p style="margin: 28px 0 12px">${buttonOf(button)}</p>
                    ${note === null ? null : html`<p class="soft" style="${style.note}">${note}</p>`}
                    ${factsOf(content)} ${content.lists.map(listOf)} ${content.links.map(linkLine)}
                  </td>
                </tr>
              </table>
              <p class="soft" style="${style.footer}">
                ${footer.reason}<br />${linkOf(footer.never)} · ${linkOf(footer.home)}
              </p>
            </td>
          </tr>
        </table>
      </body>
    </html> `;
  return page.source;
}

function buttonOf({ label, url }: MailLink): Html {
  return html`<a class="button" href="${url}" style="${style.button}">${label}</a>`;
}

function linkOf({ label, url }: MailLink): Html {
  return html`<a class="soft" href="${url}" style="${style.softLink}">${label}</a>`;
}

function linkLine(link: MailLink): Html {
  return html`<p class="soft" style="${style.note}">${linkOf(link)}</p>`;
}

function factsOf({ facts }: MailContent): Html | null {
  if (facts.length === 0) return null;
  const rows = facts.map(
    ([label, value]) =>
      html`<tr>
        <td class="soft" style="${style.label}">${label}</td>
        <td style="${style.value}" dir="auto">${value}</td>
      </tr>`,
  );
  return html`<table role="presentation" class="facts" cellpadding="0" cellspacing="0" style="${style.facts}">
    ${rows}
  </table>`;
}

function listOf(list: MailList): Html {
  const items = list.items.map((item) => html`<li style="margin: 2px 0">${item}</li>`);
  return html`<p style="${style.listTitle}">${list.title}</p>
    <ul class="soft" style="${style.list}">
      ${items}
    </ul>`;
}
