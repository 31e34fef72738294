/** A packet number as people write it (`1204`, `1,204`, `#1204`); nothing for anything else. */
export function packetNumber(text: string): number | undefined {
  const digits = text
    .trim()
    .replace(/^#/, '')
    .replace(/[,.' _\u202f\u00a0]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}
