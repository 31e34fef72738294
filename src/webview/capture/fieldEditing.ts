/** Editing a text field in ways that the browser, and the workbench around it, take for the user's own. */

/** A document as far as its editing commands go. */
interface EditedDocument {
  execCommand(command: 'insertText' | 'delete' | 'undo' | 'redo', showUi: boolean, text?: string): boolean;
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

/**
 * Undoes, redoes or selects all in a field that has the keyboard, where a key asks for it; false for other keys. Left
 * to itself, the workbench would undo changes of the document in the editor, which a capture does not have, and select
 * all only after the next letters have come in.
 */
export function editByKey(
  field: HTMLInputElement,
  { key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent,
): boolean {
  if (altKey || ctrlKey === metaKey) return false;
  const page: EditedDocument = document;
  switch ((shiftKey ? 'shift ' : '') + key.toLowerCase()) {
    case 'a':
      field.select();
      return true;
    case 'z':
      page.execCommand('undo', false);
      return true;
    case 'y':
    case 'shift z':
      page.execCommand('redo', false);
      return true;
    default:
      return false;
  }
}
