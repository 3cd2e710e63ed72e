/** Makes text safe inside HTML and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '=': String.raw`\u003d`,
  '&': String.raw`\u0026`,
  '<': String.raw`\u003c`,
  '>': String.raw`\u003e`,
};

/** Writes data for a script inside a page, with the escapes Google uses. */
export function scriptJson(data: unknown): string {
  return JSON.stringify(data).replaceAll(/[=&<>]/g, (character) => ESCAPES[character] ?? character);
}
