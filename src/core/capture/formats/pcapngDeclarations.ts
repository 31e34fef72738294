/** What a pcapng file declares before packets can be read: its sections and their interfaces. */
import { u16, u16le, u32, u32le } from '../../base/bytes.js';
import { grouped } from '../../base/words.js';
import { clock, TickReader, type CaptureClock } from '../captureTime.js';
import type { CaptureInterface, CaptureSection, FileDetail } from '../record.js';
import type { KeptTexts } from './pcapngBlocks.js';
import {
  optionCode,
  optionDetails,
  optionTexts,
  optionValue,
  readOptions,
  type OptionOwner,
  type Options,
} from './pcapngOptions.js';

/** So many sections, and interfaces, are kept of a file: no writer makes more, and a hostile file must not fill memory. */
const mostDeclared = 16_384;
const tooManySections = `more than ${grouped(mostDeclared)} sections begin; this one counts to the one before`;
const tooManyInterfaces = `more than ${grouped(mostDeclared)} interfaces are described; this one is not kept`;

/** A section with what reading its blocks takes. */
export interface OpenSection extends CaptureSection {
  readonly little: boolean;
  /** Index of its first interface among all of the file. */
  readonly firstInterface: number;
  interfaceCount: number;
  /** Where the next section begins, as far as is known. */
  end: number;
}

/** The sections and interfaces of a file, in its order, as far as it was read. */
export class Declarations {
  readonly sections: OpenSection[] = [];
  readonly interfaces: CaptureInterface[] = [];
  /** The clocks of `interfaces`: what the packet loop needs of them. */
  readonly clocks: TickReader[] = [];

  constructor(private readonly texts: KeptTexts) {}

  /** The section that `offset` lies in. */
  sectionAt(offset: number): OpenSection | undefined {
    let low = 0;
    let high = this.sections.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sections[middle]?.offset ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.sections[low - 1];
  }

  /** The clock of an interface by its number in a section. */
  clock(section: OpenSection, number: number): CaptureClock | undefined {
    return number < section.interfaceCount
      ? this.interfaces[section.firstInterface + number]?.clock
      : undefined;
  }

  /** Takes in a section that begins at `offset`; gives what is wrong with it, empty when nothing is. */
  addSection(offset: number, little: boolean, optionBytes: Uint8Array): string {
    if (this.sections.length >= mostDeclared) return tooManySections;
    const options = readOptions(optionBytes, little);
    const previous = this.sections.at(-1);
    if (previous) previous.end = offset;
    this.sections.push({
      offset,
      end: Infinity,
      little,
      bigEndian: !little,
      firstInterface: this.interfaces.length,
      interfaceCount: 0,
      details: this.details(options, 'section', little),
    });
    return options.flaw;
  }

  /**
   * Takes in an interface, described by the block at `offset`, whose body is link type u16, u16, snap length u32 and
   * options; gives what is wrong with it, empty when nothing is.
   */
  addInterface(section: OpenSection, offset: number, body: Uint8Array): string {
    if (this.interfaces.length >= mostDeclared) return tooManyInterfaces;
    const { little } = section;
    const options = readOptions(body.subarray(8), little);
    const itsClock = clockOf(options, little);
    const name = this.text(options, optionCode.interface.name);
    const description = this.text(options, optionCode.interface.description);
    const isWhole = body.length >= 8;
    this.interfaces.push({
      id: section.interfaceCount,
      section: this.sections.indexOf(section),
      linkType: isWhole ? (little ? u16le : u16)(body, 0) : 0,
      snapLength: isWhole ? (little ? u32le : u32)(body, 4) : 0,
      clock: itsClock,
      block: offset,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      details: this.details(options, 'interface', little),
    });
    this.clocks.push(new TickReader(itsClock));
    section.interfaceCount++;
    return isWhole
      ? options.flaw
      : `the description of interface ${section.interfaceCount - 1} has ${body.length + 12} of at least 20 bytes`;
  }

  private text(options: Options, code: number): string | undefined {
    const [first] = optionTexts(options, code);
    return first === undefined ? undefined : this.texts.text(first);
  }

  private details(options: Options, owner: OptionOwner, little: boolean): readonly FileDetail[] {
    return this.texts.details(optionDetails(options, owner, { little }));
  }
}

/** `if_tsresol`: the top bit chooses powers of two. `if_tsoffset`: signed seconds. */
function clockOf(options: Options, little: boolean): CaptureClock {
  const resolution = optionValue(options, optionCode.interface.timeResolution)?.[0] ?? 6;
  const offset = optionValue(options, optionCode.interface.timeOffset);
  return clock(
    (resolution & 0x80) !== 0,
    resolution & 0x7f,
    offset?.length === 8 ? signed64(offset, little) : 0,
  );
}

/** A signed 64-bit number as a double: exact up to 2^53, which no time offset reaches. */
function signed64(bytes: Uint8Array, little: boolean): number {
  const [high, low] = little ? [u32le(bytes, 4), u32le(bytes, 0)] : [u32(bytes, 0), u32(bytes, 4)];
  return (high | 0) * 2 ** 32 + low;
}
