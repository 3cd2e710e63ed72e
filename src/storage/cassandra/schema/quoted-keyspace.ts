/** @returns the name as it stands in statements, so that one like `order` or `table` is a name too */
export function quotedKeyspace(name: string): string {
  return `"${name}"`;
}
