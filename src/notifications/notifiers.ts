/** Nest injection token of the list of all Notifiers. */
export const NOTIFIERS = Symbol('Notifiers');
