import type { CaptureViewCommand, ExportOutcome } from '../../rpc/captureView.js';
import type { ListRow, TimeWish } from '../../rpc/packetList.js';
import { grouped } from '../../core/base/words.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { errorText, type AskHost, type CaptureModel } from './captureModel.js';
import type { CapturePanes } from './capturePanes.js';
import { withField } from './columns.js';
import { copiedText, fieldFilter, type Copy } from './copiedText.js';
import { cellFilters, combined, type FilterUse } from './filterText.js';
import type { Finder } from './finder.js';
import type { ListModel } from './listModel.js';
import type { Look } from './look.js';
import { SelectedPackets } from './selectedPackets.js';
import type { StateKeeper } from './stateKeeper.js';
import type { Pane } from './viewState.js';

/** What lies over the panes. */
export type Overlay = 'goTo' | 'find' | 'columns' | 'properties';

/** What the actions work with. */
export interface ActionParts {
  readonly ask: AskHost;
  readonly model: CaptureModel;
  readonly list: ListModel;
  readonly look: Look;
  readonly finder: Finder;
  readonly panes: CapturePanes;
  readonly keeper: StateKeeper;
  /** Says in the status line what was done. */
  readonly say: (note: string) => void;
  readonly open: (overlay: Overlay) => void;
  readonly exported: (outcome: ExportOutcome) => void;
  /** The filter bar: the text in its field, a text put in, the keyboard given to it, a filter applied. */
  readonly bar: {
    readonly text: () => string;
    readonly prepare: (text: string) => void;
    readonly focus: () => void;
    readonly apply: (text: string) => void;
  };
}

/** More rows than this are for a file, not for the clipboard. */
const mostCopiedRows = 10_000;

/** What Ctrl+C copies in each pane; rows are more than one packet's. */
const copiedInPane: Readonly<Record<Exclude<Pane, 'list'>, Copy>> = { tree: 'label', bytes: 'hex' };

/** Carries out what the palette, a key, a menu or a button asks for. */
export class ViewActions {
  readonly #selected: SelectedPackets;

  constructor(private readonly parts: ActionParts) {
    this.#selected = new SelectedPackets(parts.ask, parts.list);
  }

  run(command: CaptureViewCommand, time?: TimeWish): void {
    this.#commands[command](time);
  }

  /** One function a command; a missing one does not compile. */
  get #commands(): Readonly<Record<CaptureViewCommand, (time?: TimeWish) => void>> {
    const { list, look, panes, keeper, bar, open } = this.parts;
    const copy = (what: Copy, done: string) => () => void this.#copyPart(what, done);
    const apply = (use: FilterUse) => () => void this.#useAsFilter(use, true);
    const prepare = (use: FilterUse) => () => void this.#useAsFilter(use, false);
    const show = (overlay: Overlay) => () => {
      open(overlay);
    };
    const step = (by: 1 | -1) => () => {
      panes.step(by);
    };
    const cycle = (by: 1 | -1) => () => {
      panes.cyclePane(by);
    };
    return {
      goToPacket: show('goTo'),
      nextPacket: step(1),
      previousPacket: step(-1),
      nextPane: cycle(1),
      previousPane: cycle(-1),
      focusFilter: () => {
        bar.focus();
      },
      clearFilter: () => {
        bar.apply('');
      },
      find: show('find'),
      findNext: () => {
        this.#findAgain(1);
      },
      findPrevious: () => {
        this.#findAgain(-1);
      },
      applyAsFilter: apply(''),
      applyAsFilterNot: apply('Not'),
      applyAsFilterAnd: apply('And'),
      applyAsFilterOr: apply('Or'),
      applyAsFilterAndNot: apply('AndNot'),
      applyAsFilterOrNot: apply('OrNot'),
      prepareAsFilter: prepare(''),
      prepareAsFilterNot: prepare('Not'),
      prepareAsFilterAnd: prepare('And'),
      prepareAsFilterOr: prepare('Or'),
      prepareAsFilterAndNot: prepare('AndNot'),
      prepareAsFilterOrNot: prepare('OrNot'),
      applyAsColumn: () => {
        this.#applyAsColumn();
      },
      copyRow: () => void this.copyRows(),
      copyPacketAsText: copy('packet text', t('Copied the packet as text')),
      copyPacketAsJson: copy('packet JSON', t('Copied the packet as JSON')),
      copyFieldAsFilter: () => void this.#copyFilter(),
      copyFieldValue: () => void this.#copyValue(),
      copyBytesAsHex: copy('hex', t('Copied the bytes as hex digits')),
      copyBytesAsCArray: copy('C array', t('Copied the bytes as an array in C')),
      copyBytesAsBase64: copy('base64', t('Copied the bytes as Base64')),
      toggleMark: () => void this.#selected.toggleMarks(),
      nextMark: () => void this.#goToMark(false),
      previousMark: () => void this.#goToMark(true),
      markShown: () => void this.#selected.mark({ shown: list.state.list }, true),
      unmarkAll: () => void this.#selected.mark('all', false),
      setTimeReference: () => {
        if (list.activeNumber > 0) look.toggleReference(list.activeNumber);
      },
      timeFormat: (time) => {
        if (time) look.setTime(time);
      },
      toggleFollow: () => {
        this.follow(!keeper.state.follow);
      },
      chooseColumns: show('columns'),
      resetColumns: () => {
        this.resetColumns();
      },
      export: () => void this.#export(),
      properties: show('properties'),
      stop: () => void list.stop(),
    };
  }

  #findAgain(by: 1 | -1): void {
    const { finder, open } = this.parts;
    if (finder.canStep) void finder.step(by);
    else open('find');
  }

  /** Stands at the end of the list from now on, where new packets come in; or no longer does. */
  follow(follow: boolean): void {
    const { keeper, panes, say } = this.parts;
    if (keeper.state.follow === follow) return;
    keeper.change({ follow });
    panes.requestUpdate();
    say(follow ? t('Following new packets') : t('No longer following new packets'));
  }

  /** The usual columns in their usual widths. */
  resetColumns(): void {
    this.parts.keeper.resize({ columns: {} });
    this.parts.look.resetColumns();
    this.parts.panes.requestUpdate();
  }

  /** What Ctrl+C copies at once; nothing when it is the list, whose rows may have to be fetched first. */
  copiedNow(): string | undefined {
    const { pane } = this.parts.keeper.state;
    return pane === 'list' ? undefined : this.#part(copiedInPane[pane]);
  }

  /** The selected row when it is only one and here; rows that are not may have to be fetched first. */
  copiedRowNow(): string | undefined {
    const { list } = this.parts;
    const row = list.row(list.active);
    return row && this.#selected.count === 1 ? this.#rowLine(row) : undefined;
  }

  /** Copies the selected rows, a line each, cells set apart by two blanks. */
  async copyRows(): Promise<void> {
    const { say } = this.parts;
    const { count } = this.#selected;
    if (count === 0) {
      say(t('Select a packet first.'));
      return;
    }
    try {
      const rows = await this.#selected.rows(mostCopiedRows);
      const text = rows.map((row) => this.#rowLine(row)).join('\n');
      const done =
        count > rows.length
          ? t('Copied the first {0} of {1} rows', grouped(rows.length), grouped(count))
          : t(count === 1 ? 'Copied the row' : 'Copied {0} rows', grouped(count));
      await this.putOnClipboard(text, done);
    } catch (error) {
      say(errorText(error));
    }
  }

  #rowLine({ cells }: ListRow): string {
    return this.parts.look.shown.map((_, at) => harmless(cells[at] ?? '')).join('  ');
  }

  async putOnClipboard(text: string, done: string): Promise<void> {
    try {
      await this.parts.ask('copy', { text });
      this.parts.say(done);
    } catch (error) {
      this.parts.say(errorText(error));
    }
  }

  async #copyPart(what: Copy, done: string): Promise<void> {
    const text = this.#part(what);
    if (text === undefined) this.parts.say(t('Select a field with bytes first.'));
    else await this.putOnClipboard(text, done);
  }

  #part(what: Copy): string | undefined {
    const { model, panes, keeper } = this.parts;
    const { detail, selected } = model;
    // In the list, bytes are those of the packet, whatever field is selected below.
    const field = keeper.state.pane === 'list' ? undefined : panes.field;
    return detail?.row.number === selected ? copiedText(what, detail, field) : undefined;
  }

  async #copyFilter(): Promise<void> {
    const filter = await this.#condition();
    if (filter === undefined) this.#sayNothingToFilter();
    else await this.putOnClipboard(filter, t('Copied the filter'));
  }

  async #copyValue(): Promise<void> {
    const { keeper, panes, list, say } = this.parts;
    if (keeper.state.pane !== 'list') {
      await this.#copyPart('value', t('Copied the value of the field'));
      return;
    }
    const { column } = panes;
    if (!column || list.active < 0) say(t('Choose a cell first, with the arrow keys or a click.'));
    else await this.putOnClipboard(list.cell(list.active, column.id), t('Copied the value of the cell'));
  }

  async #useAsFilter(use: FilterUse, isApplied: boolean): Promise<void> {
    const { bar } = this.parts;
    const condition = await this.#condition();
    if (condition === undefined) {
      this.#sayNothingToFilter();
      return;
    }
    const filter = combined(bar.text().trim(), use, condition);
    if (isApplied) bar.apply(filter);
    else bar.prepare(filter);
  }

  #sayNothingToFilter(): void {
    const isList = this.parts.keeper.state.pane === 'list';
    this.parts.say(
      isList ? t('Choose a cell that a filter can find first.') : t('Select a field of the packet first.'),
    );
  }

  /** The filter that finds packets like this one: in the field that is selected, or in the cell. */
  async #condition(): Promise<string | undefined> {
    const { keeper, panes, list, look, ask, say } = this.parts;
    if (keeper.state.pane !== 'list') return panes.field && fieldFilter(panes.field);
    const { column } = panes;
    if (!column || list.active < 0) return undefined;
    try {
      for (const filter of cellFilters(column, list.cell(list.active, column.id), look.time.form))
        if ((await ask('check', { text: filter })).length === 0) return filter;
    } catch (error) {
      say(errorText(error));
    }
    return undefined;
  }

  #applyAsColumn(): void {
    const { keeper, panes, look, say } = this.parts;
    const { field } = panes;
    if (keeper.state.pane === 'list' || !field) {
      say(t('Select a field of the packet first.'));
      return;
    }
    look.setColumns(withField(look.columns, field.name));
  }

  async #goToMark(backwards: boolean): Promise<void> {
    const { ask, list, panes, say } = this.parts;
    try {
      const next = await ask('nextMark', { list: list.state.list, number: list.activeNumber, backwards });
      if (next) panes.goToRow(next.row);
      else say(list.marked > 0 ? t('No other marked packet is shown.') : t('No packet is marked.'));
    } catch (error) {
      say(errorText(error));
    }
  }

  async #export(): Promise<void> {
    const { ask, list, model, say, exported } = this.parts;
    try {
      const outcome = await ask('exportPackets', {
        list: list.state.list,
        selected: await this.#selected.numbers(),
        shown: list.total,
        marked: list.marked,
        packets: model.packets,
      });
      if (outcome) exported(outcome);
    } catch (error) {
      say(errorText(error));
    }
  }
}
