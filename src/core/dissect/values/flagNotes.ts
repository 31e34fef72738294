import type { Field, FieldValue, Place } from '../field.js';
import { nameOf, readMasked } from '../field.js';

/**
 * For the line of a word of flags: `, Router, Override`: the flags that are set, by their labels. A field of several
 * bits is named with its value when that has a name.
 */
export function namedFlags(fields: readonly Field[]): (value: FieldValue, place: Place) => string {
  return (_, { layer, at, length }) => {
    let text = '';
    for (const field of fields) {
      const value = readMasked(layer.frame, at, length, field);
      if (field.type === 'flag') text += value === 1 ? `, ${field.label}` : '';
      else if (field.values) text += `, ${field.label}: ${nameOf(field.values, value) ?? value.toString()}`;
    }
    return text;
  };
}
