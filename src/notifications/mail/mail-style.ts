import { Html } from '../../jobs/wording/html.js';

const INK = '#1d1d1f';
const SOFT = '#5f6067';

/** Inline styles of the parts of a mail. */
export const MAIL_STYLE = {
  body: `margin:0;padding:0;background:#f3f2ee;color:${INK};font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;-webkit-text-size-adjust:100%`,
  preview: 'display:none;max-height:0;overflow:hidden;opacity:0',
  card: 'width:100%;max-width:560px;background:#ffffff;border:1px solid #e2e0da;border-radius:12px;text-align:left',
  brand: `margin:0 0 18px;font-size:13px;font-weight:600;letter-spacing:.02em;color:${SOFT}`,
  headline: 'margin:0 0 14px;font-size:24px;line-height:1.25;font-weight:700',
  paragraph: 'margin:0 0 12px;font-size:16px;line-height:1.55;overflow-wrap:anywhere',
  button:
    'display:inline-block;padding:13px 22px;border-radius:8px;background:#0b57d0;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none',
  note: `margin:0 0 12px;font-size:13px;line-height:1.5;color:${SOFT}`,
  facts: 'width:100%;margin:20px 0 16px;border-top:1px solid #e2e0da;border-bottom:1px solid #e2e0da',
  label: `padding:7px 16px 7px 0;font-size:14px;line-height:1.4;color:${SOFT};vertical-align:top;white-space:nowrap`,
  value:
    'padding:7px 0;font-size:14px;line-height:1.4;width:100%;overflow-wrap:anywhere;word-break:break-word',
  listTitle: 'margin:0 0 6px;font-size:14px;font-weight:600',
  list: `margin:0 0 16px;padding-left:20px;font-size:14px;line-height:1.5;color:${SOFT}`,
  softLink: `color:${SOFT};text-decoration:underline`,
  footer: `max-width:520px;margin:18px auto 0;font-size:12px;line-height:1.7;color:${SOFT};text-align:center`,
} as const;

/** Dark mode; mail programs without style sheets show the light mode. */
export const MAIL_DARK_STYLE = new Html(`
@media (prefers-color-scheme: dark) {
  .ground { background: #161618 !important; color: #ececee !important; }
  .card { background: #212124 !important; border-color: #34343a !important; color: #ececee !important; }
  .facts { border-color: #34343a !important; }
  .soft { color: #a5a5ad !important; }
  .button { background: #8ab4f8 !important; color: #10233f !important; }
}
`);
