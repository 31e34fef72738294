import type { Walk } from '../core/dissect/walk.js';
import { fieldReader } from '../core/filter/fieldReader.js';
import type { FrameFacts } from '../core/frame/frameField.js';
import { CommandError } from './command.js';

/**
 * From a list of names (`ip.src,tcp.port`) what takes their values out of a packet: one text a name, several values of
 * one name joined by commas, in the order of the packet. A name that no field has is a {@link CommandError}.
 */
export function fieldPicker(list: string): (walk: Walk, facts: FrameFacts) => string[] {
  const readers = list.split(',').map((part) => {
    const name = part.trim();
    if (name === '') throw new CommandError('--fields has an empty name');
    const reader = fieldReader(name);
    if ('message' in reader) throw new CommandError(`--fields: ${lowered(reader.message)}`);
    return reader;
  });
  return (walk, facts) => readers.map((reader) => reader.values(walk, facts).join(','));
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
