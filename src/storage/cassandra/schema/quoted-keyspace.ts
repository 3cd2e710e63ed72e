/** @returns the quoted name for statements, so that `order` or `table` can be names too */
export function quotedKeyspace(name: string): string {
  return `"${name}"`;
}
