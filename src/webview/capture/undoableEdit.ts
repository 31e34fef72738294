/** A document as far as its editing commands go. */
interface EditedDocument {
  execCommand(command: 'insertText' | 'delete', showUi: boolean, text?: string): boolean;
}

/**
 * Puts `text` in place of a part of a field that has the keyboard, and the caret behind it. Editing commands are the
 * only changes by a page that the browser's undo takes back, together with what was typed.
 */
export function undoableEdit(field: HTMLInputElement, start: number, end: number, text: string): void {
  const page: EditedDocument = document;
  const wanted = field.value.slice(0, start) + text + field.value.slice(end);
  field.setSelectionRange(start, end);
  if (text !== '') page.execCommand('insertText', false, text);
  else if (start < end) page.execCommand('delete', false);
  // Without the keyboard in the field, the command does nothing.
  if (field.value === wanted) return;
  field.value = wanted;
  field.setSelectionRange(start + text.length, start + text.length);
}
