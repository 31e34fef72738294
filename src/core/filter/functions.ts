/** The functions of the language: what they take and give. What they do is in operandValues.ts. */
import type { FunctionName, Operand, ValueType } from './typed.js';
import { valueTypes } from './valueType.js';

export interface FilterFunction {
  readonly name: FunctionName;
  /** For completion, in a few words. */
  readonly help: string;
  readonly example: string;
  /** May take more than one value. */
  readonly several: boolean;
  /** Why it does not take a value of that kind, as a sentence. */
  refuses(operand: Operand): string | undefined;
  /** The type of what it gives. */
  gives(operand: Operand): ValueType;
}

const onlyFields =
  (name: FunctionName) =>
  (operand: Operand): string | undefined =>
    operand.kind === 'field' ? undefined : `${name}() takes a field, as it is`;

const onlyTexts =
  (name: FunctionName) =>
  (operand: Operand): string | undefined =>
    operand.kind === 'field' && operand.type === 'string'
      ? undefined
      : `${name}() takes a field that is text`;

const ordered =
  (name: FunctionName) =>
  (operand: Operand): string | undefined =>
    operand.kind === 'constant' || !valueTypes[operand.type].compared || operand.type === 'protocol'
      ? `${name}() takes fields that have an order`
      : undefined;

export const filterFunctions: readonly FilterFunction[] = [
  {
    name: 'abs',
    help: 'a number without its sign',
    example: 'abs(tcp.dstport - tcp.srcport) < 10',
    several: false,
    refuses: ({ type, kind }) =>
      kind !== 'constant' && (type === 'uint' || type === 'span')
        ? undefined
        : 'abs() takes numbers and lengths of time',
    gives: ({ type }) => type,
  },
  {
    name: 'count',
    help: 'how often the packet has the field',
    example: 'count(ip.addr) > 2',
    several: false,
    refuses: onlyFields('count'),
    gives: () => 'uint',
  },
  {
    name: 'len',
    help: 'length of the value in bytes',
    example: 'len(tcp.payload) > 1000',
    several: false,
    refuses: onlyFields('len'),
    gives: () => 'uint',
  },
  {
    name: 'lower',
    help: 'text in small letters',
    example: 'lower(frame.interface_name) contains "eth"',
    several: false,
    refuses: onlyTexts('lower'),
    gives: () => 'string',
  },
  {
    name: 'max',
    help: 'the largest of all values',
    example: 'max(tcp.srcport, tcp.dstport) <= 1024',
    several: true,
    refuses: ordered('max'),
    gives: ({ type }) => type,
  },
  {
    name: 'min',
    help: 'the smallest of all values',
    example: 'min(ip.ttl) < 5',
    several: true,
    refuses: ordered('min'),
    gives: ({ type }) => type,
  },
  {
    name: 'string',
    help: 'a number or address as text',
    example: 'string(frame.number) matches "[02468]$"',
    several: false,
    refuses: (operand) =>
      operand.kind === 'field' && valueTypes[operand.type].texted
        ? undefined
        : 'string() takes a field that is a number or an address',
    gives: () => 'string',
  },
  {
    name: 'upper',
    help: 'text in capital letters',
    example: 'upper(frame.interface_name) contains "ETH"',
    several: false,
    refuses: onlyTexts('upper'),
    gives: () => 'string',
  },
];

export const functionsByName: ReadonlyMap<string, FilterFunction> = new Map(
  filterFunctions.map((one) => [one.name, one]),
);
