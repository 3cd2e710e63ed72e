/** Turns host names into addresses. */
export abstract class NameResolver {
  /**
   * @param hostname canonical name, no literal address
   * @returns every address, the preferred first; at least one
   * @throws the system's error (`code` ENOTFOUND and the like) when there is none
   */
  abstract resolve(hostname: string): Promise<readonly string[]>;
}
