/** What a process for images says besides its answers. */
export type ProcessMessage =
  | { readonly kind: 'ready' }
  /** An image is large: its pixels may be read once there is room for so many bytes. */
  | { readonly kind: 'needs'; readonly id: number; readonly bytes: number }
  /** An image waits for others of the process, and needs no room meanwhile. */
  | { readonly kind: 'rests'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Readonly<Record<string, unknown>> };

/**
 * Reads what a process said: it handles hostile bytes, so its word is checked like a stranger's.
 * @returns null for what makes no sense
 */
export function readProcessMessage(message: unknown): ProcessMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const said: Readonly<Record<string, unknown>> = { ...message };
  const { kind, id, bytes } = said;
  if (kind === 'ready') return { kind };
  if (!isCount(id)) return null;
  if (kind === 'rests') return { kind, id };
  if (kind !== 'needs') return { kind: 'answer', id, answer: said };
  return typeof bytes === 'number' && bytes >= 0 ? { kind, id, bytes } : null;
}

/** Whether a value from a process is a whole number above zero. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
