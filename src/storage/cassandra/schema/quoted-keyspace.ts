/** @returns the name quoted for statements, so that reserved words like `order` or `table` work too */
export function quotedKeyspace(name: string): string {
  return `"${name}"`;
}
