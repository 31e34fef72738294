/** Reads one field of each packet as text, for columns of the list and for `--fields`. */
import { calendarText } from '../capture/captureTime.js';
import { type Field, nameOf } from '../dissect/field.js';
import { fieldLabel, hexNumber, valueText } from '../dissect/fieldText.js';
import type { Walk } from '../dissect/walk.js';
import type { FrameFacts, FrameField } from '../frame/frameField.js';
import { frameTexts } from '../frame/frameFields.js';
import { filterNames, nearestNames } from './catalogue.js';
import { FieldValues, type PacketView } from './fieldValues.js';
import { LayerViews } from './layerViews.js';
import type { FieldOperand, FieldTarget, FilterMistake } from './typed.js';

export interface FieldReader {
  readonly name: string;
  /** The field's title. */
  readonly title: string;
  /** What a person reads: names of values where there are some. One text for each time the packet has the field. */
  read(walk: Walk, facts: FrameFacts): string[];
  /** What a filter compares with: numbers in decimal, flags as 0 and 1. */
  values(walk: Walk, facts: FrameFacts): string[];
}

/** The reader of a field; `ip.src#2` reads its second occurrence alone, `#-1` the last. */
export function fieldReader(text: string): FieldReader | FilterMistake {
  const [, name = '', which] = /^\s*([^#\s]*)(?:#(-?\d{1,6}))?\s*$/.exec(text) ?? [];
  const known = filterNames().get(name);
  if (!known) {
    const [nearest] = nearestNames(name, 1);
    const hint = nearest === undefined ? '' : `. Did you mean ${nearest}?`;
    return { message: `There is no field '${text.trim()}'${hint}`, start: 0, end: text.length };
  }
  const operand: FieldOperand = { kind: 'field', ...known, start: 0, end: name.length };
  return new Reader(operand, known.title, which === undefined ? undefined : Number(which));
}

class Reader implements FieldReader {
  readonly name: string;
  private readonly field: FieldValues;
  private readonly rest: readonly FieldTarget[];
  private readonly asText: ReadonlySet<Field>;
  private readonly views = new LayerViews();

  constructor(
    operand: FieldOperand,
    readonly title: string,
    private readonly which: number | undefined,
  ) {
    this.name = operand.name;
    this.field = new FieldValues(operand);
    this.rest = operand.targets.filter(({ kind }) => kind !== 'field');
    this.asText = new Set(
      operand.targets.flatMap((target) => (target.kind === 'field' && target.asText ? [target.field] : [])),
    );
  }

  read(walk: Walk, facts: FrameFacts): string[] {
    return this.texts({ walk, facts, views: this.views }, true);
  }

  values(walk: Walk, facts: FrameFacts): string[] {
    return this.texts({ walk, facts, views: this.views }, false);
  }

  private texts(packet: PacketView, forPeople: boolean): string[] {
    const texts: string[] = [];
    this.field.places(packet, (field, layer, at, length, value) => {
      const plain = valueText(field, value, { layer, at, length });
      const number = typeof value === 'string' || value === undefined ? undefined : Number(value);
      const shown =
        forPeople && number !== undefined && !this.asText.has(field)
          ? numberText(field, number, plain ?? '', length)
          : plain;
      texts.push(shown ?? fieldLabel(field, value, { layer, at, length }));
    });
    for (const target of this.rest) texts.push(...restTexts(target, packet, forPeople));
    if (this.which === undefined) return texts;
    return texts.slice(this.which < 0 ? this.which : this.which - 1).slice(0, this.which === 0 ? 0 : 1);
  }
}

/** The value's name; without one the number, in hexadecimal where the tree leads with that. */
function numberText(field: Field, number: number, plain: string, length: number): string {
  const name = field.type === 'flag' ? undefined : nameOf(field.values, number);
  if (name !== undefined) return name;
  return field.show.startsWith('hex') && field.type === 'uint' ? hexNumber(BigInt(plain), 2 * length) : plain;
}

function restTexts(target: FieldTarget, packet: PacketView, forPeople: boolean): string[] {
  const { walk } = packet;
  switch (target.kind) {
    case 'field':
      return [];
    case 'protocol': {
      const texts: string[] = [];
      for (let index = 0; index < walk.count; index++)
        if (walk.dissectorAt(index) === target.dissector)
          texts.push(
            target.dissector.title + (target.dissector.heading?.(packet.views.of(walk, index)) ?? ''),
          );
      return texts;
    }
    case 'problem':
      return walk.stopped && target.problems.includes(walk.problem?.kind ?? 'too-deep') ? ['1'] : [];
    case 'frame':
      return textsOfFrame(target.field, packet, forPeople);
  }
}

function textsOfFrame(field: FrameField, { facts, walk }: PacketView, forPeople: boolean): string[] {
  if (field.type === 'packet') return [`Frame ${facts.number}`];
  const texts = [...frameTexts(field, facts, walk)];
  const time = forPeople && field.type === 'time' ? field.time?.(facts) : undefined;
  if (time) return [calendarText(time)];
  return forPeople && field.values ? texts.map((text) => field.values?.(Number(text)) ?? text) : texts;
}
