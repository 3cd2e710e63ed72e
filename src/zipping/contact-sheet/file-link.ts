/** The address of a file of the archive, seen from the contact sheet: names may have `+` and `#`. */
export function fileLink(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
