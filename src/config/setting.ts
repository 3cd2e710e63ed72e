import type { ValueKind } from './values.js';

/** One setting: its environment variable, its kind of value, its default and its effect. */
export interface Setting<T> {
  readonly name: string;
  readonly kind: ValueKind<T>;
  /** Text as an operator would write it; null: no default, the value is then null. */
  readonly fallback: string | null;
  readonly about: string;
  readonly isSecret?: boolean;
}

/** Declares a setting; the type of `fallback` decides whether its value may be null. */
export function setting<T, F extends string | null>(
  name: string,
  kind: ValueKind<T>,
  fallback: F,
  about: string,
  options: { readonly isSecret?: boolean } = {},
): Setting<T> & { readonly fallback: F } {
  return { name, kind, fallback, about, ...options };
}
