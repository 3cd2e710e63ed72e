/** Nest injection token of the list of all Notifiers. */
export const NOTIFIERS = Symbol('Notifiers');

/** Nest injection token of a list of Notifiers besides e-mail; the composition root assembles it. */
export const OTHER_NOTIFIERS = Symbol('OtherNotifiers');
