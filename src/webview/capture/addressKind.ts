/** What kind of address a text of the list is; nothing for names and all else. */
export function addressKind(text: string): 'ipv4' | 'ipv6' | 'mac' | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return 'ipv4';
  if (/^[\da-f]{2}(?::[\da-f]{2}){5}$/i.test(text)) return 'mac';
  return text.length <= 45 && /^[\da-f:]*:[\da-f:.]*$/i.test(text) ? 'ipv6' : undefined;
}
