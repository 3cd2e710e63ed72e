/** Nest injection token of the list of all Notifiers; the composition root assembles it. */
export const NOTIFIERS = Symbol('Notifiers');
