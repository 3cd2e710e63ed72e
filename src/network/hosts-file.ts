/**
 * Reads the addresses that a hosts file gives a name.
 * @param text content of the file
 * @param hostname canonical name
 * @see hosts(5)
 */
export function addressesInHostsFile(text: string, hostname: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([, ...names]) => names.some((name) => name.toLowerCase() === hostname))
    .flatMap(([address]) => (address === undefined ? [] : [address]));
}
