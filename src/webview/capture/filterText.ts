/** Display filters made of what is on screen. */
import { addressKind } from './addressKind.js';
import type { ListColumn } from './columns.js';

/** Numbers, addresses, byte strings and prefixes stand bare in a display filter; all else is quoted. */
export function isBareValue(value: string): boolean {
  return (
    /^-?\d[\d.]*$/.test(value) ||
    /^0x[\da-f]+$/i.test(value) ||
    (value.includes(':') && /^[\da-f:.]+(?:\/\d+)?$/i.test(value))
  );
}

export function quotedValue(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}"`;
}

/** What a new condition does to the filter that is there, in the words of the commands. */
export type FilterUse = '' | 'Not' | 'And' | 'Or' | 'AndNot' | 'OrNot';

/** The filter with a condition put to it; without a filter the condition alone. */
export function combined(filter: string, use: FilterUse, condition: string): string {
  const asked = use === 'Not' || use === 'AndNot' || use === 'OrNot' ? `!(${condition})` : condition;
  if (filter === '' || use === '' || use === 'Not') return asked;
  const other = asked === condition ? `(${condition})` : asked;
  return `(${filter}) ${use === 'And' || use === 'AndNot' ? '&&' : '||'} ${other}`;
}

/** Words of the Protocol column that are not, in small letters, the name of the protocol. */
const protocolNames: Readonly<Record<string, string>> = {
  '802.1Q': 'vlan',
  '802.1ad': 'ieee8021ad',
  IPv4: 'ip',
  'Raw IP': 'raw',
};

function addressFilters(side: 'src' | 'dst', text: string): readonly string[] {
  switch (addressKind(text)) {
    case 'ipv4':
      return [`ip.${side} == ${text}`, `arp.${side}.proto_ipv4 == ${text}`];
    case 'ipv6':
      return [`ipv6.${side} == ${text}`];
    case 'mac':
      return [`eth.${side} == ${text}`, ...(side === 'src' ? [`sll.src.eth == ${text}`] : [])];
    case undefined:
      return [];
  }
}

function timeFilters(form: string, text: string): readonly string[] {
  switch (form) {
    case 'relative':
      return [`frame.time_relative == ${text}`];
    case 'epoch':
      return [`frame.time_epoch == ${text}`];
    case 'delta':
      return [`frame.time_delta == ${text}`];
    case 'utc':
      return [`frame.time == "${text} UTC"`];
    case 'local':
      return [`frame.time == "${text}"`];
    default:
      return [];
  }
}

/**
 * Filters that find the packets with the same text in a column, the best one first; which of them the language takes
 * is for the session to say. None for columns that no field stands behind.
 */
export function cellFilters(column: ListColumn, text: string, timeForm: string): readonly string[] {
  if (text === '') return [];
  switch (column.kind) {
    case 'number':
      return [`frame.number == ${text}`];
    case 'length':
      return [`frame.len == ${text}`];
    case 'time':
      return timeFilters(timeForm, text);
    case 'source':
      return addressFilters('src', text);
    case 'destination':
      return addressFilters('dst', text);
    case 'protocol': {
      const name = Object.hasOwn(protocolNames, text) ? protocolNames[text] : text.toLowerCase();
      return [`${name}`, `_ws.col.protocol == ${quotedValue(text)}`];
    }
    case 'info':
      return [`_ws.col.info == ${quotedValue(text)}`];
    case 'field': {
      const { field } = column;
      if (field === undefined) return [];
      const quoted = `${field} == ${quotedValue(text)}`;
      return [
        ...(isBareValue(text) ? [`${field} == ${text}`, quoted] : [quoted, `${field} == ${text}`]),
        field,
      ];
    }
  }
}
