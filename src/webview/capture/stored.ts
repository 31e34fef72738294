/** Reading what an older version, another window or a person's hand may have put into storage. */

/** An object whose members are yet to be looked at. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A number from 0 on. */
export function readNumber(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

/** At most so many texts of at most so many characters; all else is left out. */
export function readTexts(value: unknown, most: number, longest: number): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((text): text is string => typeof text === 'string' && text.length <= longest)
    .slice(0, most);
}
