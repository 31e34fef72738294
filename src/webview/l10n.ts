let translated: Readonly<Record<string, string>> = {};

/** Sets the texts of the user's language, by their English ones. */
export function useTexts(texts: Readonly<Record<string, string>>): void {
  translated = texts;
}

/** `text` in the user's language, with `{0}`, `{1}` … replaced by the arguments. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return (translated[text] ?? text).replace(/\{(\d)\}/g, (mark, digit: string) => {
    const value = values[Number(digit)];
    return value === undefined ? mark : String(value);
  });
}
