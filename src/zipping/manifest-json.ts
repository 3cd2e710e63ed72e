import type { Manifest } from './manifest.js';

const NO_FILES = '"files": []';
const INDENT = '\n    ';

/**
 * `manifest.json`, indented by two spaces.
 * @returns the text file by file, since it is long for a large job
 */
export function* manifestJson(manifest: Manifest): Generator<string, void, void> {
  const { files } = manifest;
  // A quote within a text is escaped, so only the member itself looks like this.
  const [before = '', after = ''] = jsonOf({ ...manifest, files: [] }).split(NO_FILES);
  if (files.length === 0) yield before + NO_FILES;
  else {
    yield `${before}"files": [`;
    for (const [index, file] of files.entries())
      yield (index === 0 ? INDENT : `,${INDENT}`) + jsonOf(file).replaceAll('\n', INDENT);
    yield '\n  ]';
  }
  yield `${after}\n`;
}

function jsonOf(value: object): string {
  return JSON.stringify(value, null, 2);
}
