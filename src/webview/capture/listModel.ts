import type { FilterMistake, ListId, ListLook, ListRow, ListSort, ListState } from '../../rpc/packetList.js';
import type { AskHost } from './captureModel.js';
import { ChosenRows, type Choice } from './chosenRows.js';
import { arrival, isPast, positionFor, type Found, type ListStand, type Place } from './listArrival.js';
import { RowCache } from './rowCache.js';
import { rowsBetween, type RowSelection } from './rowSelection.js';
import { fileOrder, isFileOrder, isSameOrder, orderOf } from './shownOrder.js';

/** What is wrong with columns and colour rules, a sentence each. */
export interface LookMistakes {
  readonly columns: readonly string[];
  readonly colours: readonly string[];
}

/** Rows of an old order may stay on screen so many milliseconds, until the first ones of the new order are here. */
const patience = 150;
/** A list may be moved to where the selected packet now is so many milliseconds after it was asked to change. */
const settleWithin = 1500;

/**
 * The packet list of this view: how it stands, the rows seen lately, and which of them are selected. When the list
 * changes under the user (a filter, another order), the rows on screen stay until the new ones are here, and the
 * selected packet stays where it was on screen.
 */
export class ListModel {
  readonly #ask: AskHost;
  readonly #list: ListId;
  readonly #changed: () => void;
  readonly #selected: (number: number) => void;
  readonly #failed: (error: unknown) => void;
  #state: ListState;
  /** What the rows on screen are. */
  #order = fileOrder;
  /** The newest state heard of; shown once its rows are here. */
  #incoming: ListState;
  #rows: RowCache;
  /** Rows of the same list as it looked before, shown until those of `rows` are here. */
  #before: RowCache | undefined;
  #look: ListLook | undefined;
  #isOpen = false;
  #isAdopting = false;
  readonly #heard: (() => void)[] = [];
  readonly #chosen = new ChosenRows();
  #marked = 0;
  #marksAge = 0;
  /** What is still looked for while a filter runs. */
  #lost: { readonly place: Place | undefined; readonly until: number } | undefined;
  #stand: ListStand | undefined;
  #mistakes: LookMistakes = { columns: [], colours: [] };

  /**
   * `changed` is called after anything that can be read here has changed, `selected` with the packet of the row that
   * has the focus when it is another, `failed` when the session does not answer.
   */
  constructor(
    ask: AskHost,
    list: ListId,
    told: {
      readonly changed: () => void;
      readonly selected: (number: number) => void;
      readonly failed: (error: unknown) => void;
    },
  ) {
    this.#ask = ask;
    this.#list = list;
    this.#changed = told.changed;
    this.#selected = told.selected;
    this.#failed = told.failed;
    this.#state = {
      list,
      age: -1,
      filter: '',
      sort: undefined,
      shown: 0,
      examined: 0,
      packets: 0,
      phase: 'ready',
    };
    this.#incoming = this.#state;
    this.#rows = this.#cacheOf(-1);
  }

  get state(): ListState {
    return this.#state;
  }

  /** The state heard of last, whose rows may not be on screen yet. */
  get newest(): ListState {
    return this.#incoming;
  }

  get total(): number {
    return this.#state.shown;
  }

  /** The row that has the keyboard's focus, counted from 0; -1 when none. */
  get active(): number {
    return this.#chosen.row;
  }

  /** Its packet; 0 when none, or not known yet. */
  get activeNumber(): number {
    return this.#chosen.number;
  }

  get selection(): RowSelection {
    return this.#chosen.selection;
  }

  get marked(): number {
    return this.#marked;
  }

  /** Another number whenever other packets are marked. */
  get marksAge(): number {
    return this.#marksAge;
  }

  get lookMistakes(): LookMistakes {
    return this.#mistakes;
  }

  /** True while all packets are shown in the order of the file: rows and numbers then say the same. */
  get isWhole(): boolean {
    return isFileOrder(this.#order);
  }

  /** The list's element, which knows where the list stands. */
  set stand(stand: ListStand) {
    this.#stand = stand;
  }

  row(index: number): ListRow | undefined {
    return this.#rows.row(index) ?? this.#before?.row(index);
  }

  /** The row as it is now: none while it is shown as it was before. */
  currentRow(index: number): ListRow | undefined {
    return this.#rows.row(index);
  }

  /** The text of a row in a column. */
  cell(index: number, column: string): string {
    const row = this.#rows.row(index);
    if (row) return this.#rows.cell(row, column);
    const before = this.#before?.row(index);
    return before ? (this.#before?.cell(before, column) ?? '') : '';
  }

  /** Resolves when the session has told anew how the list stands. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#heard.push(resolve));
  }

  /** The list shows `count` rows from `first`. */
  want(first: number, count: number): void {
    this.#rows.want(first, count);
  }

  /** Makes the list, or finds it as it was left; `number`, `filter` and `sort` are what the view remembers. */
  async open(
    look: ListLook,
    kept: { readonly number: number; readonly filter: string; readonly sort: ListSort | undefined },
  ): Promise<void> {
    this.#isOpen = false;
    this.#look = look;
    this.#chosen.number = kept.number;
    this.#chosen.packet = kept.number;
    const list = this.#list;
    try {
      // Both at once: calls are answered in their order, and rows are waited for.
      const looking = this.#sendLook(look);
      const [found] = await Promise.all([this.#ask('state', { list }), looking]);
      // The worker keeps the list while the view is hidden; after the window was loaded anew it is a new one.
      const isFiltered = found.filter === '' && kept.filter !== '';
      if (isFiltered) await this.#ask('filter', { list, text: kept.filter });
      const isSorted = found.sort === undefined && kept.sort !== undefined;
      if (isSorted) await this.#ask('sort', { list, by: kept.sort });
      const state = isFiltered || isSorted ? await this.#ask('state', { list }) : found;
      this.#incoming = state;
      this.#isOpen = true;
      this.#begin(state);
      if (!this.isWhole) await this.#findActive(undefined);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Says how rows are to look from now on. */
  async setLook(look: ListLook): Promise<void> {
    this.#look = look;
    if (!this.#isOpen) return;
    await this.apply(() => this.#sendLook(look));
  }

  /** Shows the packets that match; the answer says what is wrong with the text, which then changes nothing. */
  async filter(text: string): Promise<readonly FilterMistake[]> {
    let mistakes: readonly FilterMistake[] = [];
    await this.apply(async () => {
      mistakes = await this.#ask('filter', { list: this.#list, text });
    });
    return mistakes;
  }

  async sort(by: ListSort | undefined): Promise<void> {
    await this.apply(() => this.#ask('sort', { list: this.#list, by }));
  }

  async stop(): Promise<void> {
    await this.apply(() => this.#ask('stop', { list: this.#list }));
  }

  /** The session told how a list stands. */
  update(state: ListState): void {
    if (!this.#isOpen || state.list !== this.#list || state.age < this.#incoming.age) return;
    this.#incoming = state;
    for (const heard of this.#heard.splice(0)) heard();
    if (state.age === this.#state.age) this.#show(state);
    else if (!this.#isAdopting) void this.#adopt();
  }

  /** The session told how many packets are marked: rows may look otherwise. */
  marksChanged(marked: number): void {
    this.#marked = marked;
    this.#marksAge++;
    this.renewRows();
  }

  /** Rows may look otherwise: they are fetched anew, and stay on screen until they are here. */
  renewRows(): void {
    if (!this.#isOpen) return;
    this.#before?.close();
    this.#before = this.#rows;
    this.#before.close();
    this.#rows = this.#cacheOf(this.#state.age);
    this.#rows.grow(this.#state.shown);
    this.#changed();
  }

  /** The user moved the list: it is not moved for them any more. */
  touched(): void {
    if (this.#lost) this.#lost = { place: undefined, until: 0 };
  }

  /** Chooses a row. */
  select(row: number, choice: Choice = 'only'): void {
    if (this.total === 0) return;
    const at = Math.min(this.total - 1, Math.max(0, row));
    this.#chosen.choose(at, choice);
    this.#lost = undefined;
    this.#nameActive();
    this.#changed();
  }

  selectAll(): void {
    if (this.total === 0) return;
    this.#chosen.selection = rowsBetween(0, this.total - 1);
    this.#changed();
  }

  /** Chooses a packet by number, or the next one that is shown; answers its row, -1 in an empty list. */
  async selectNumber(number: number): Promise<number> {
    const row = this.isWhole ? number - 1 : await this.rowOf(number);
    if (row >= 0) this.select(row);
    return row;
  }

  /** The row of a packet, or of the next one that is shown; -1 in an empty list. */
  rowOf(number: number): Promise<number> {
    return this.#ask('rowOf', { list: this.#list, number });
  }

  /** A remembered packet may lie beyond the end of a file that was made anew, which is known when all of it was read. */
  settle(): void {
    if (this.isWhole && this.active >= this.total && this.total > 0) this.select(this.total - 1);
  }

  /** Has the session do something to the list, and hears at once how it stands then. */
  async apply(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      // Events say the same, but not at once.
      this.update(await this.#ask('state', { list: this.#list }));
    } catch (error) {
      this.#failed(error);
    }
  }

  async #sendLook(look: ListLook): Promise<void> {
    const wrong = await this.#ask('look', { list: this.#list, look });
    if (look !== this.#look) return;
    const of = (kind: 'column' | 'colour', name: (index: number) => string | undefined): readonly string[] =>
      wrong
        .filter(({ what }) => what === kind)
        .map(({ index, message }) => `${name(index) ?? index + 1}: ${message.replace(/\.?$/, '.')}`);
    this.#mistakes = {
      columns: of('column', (index) => look.columns[index]?.field),
      colours: of('colour', (index) => look.colours[index]?.name),
    };
  }

  #cacheOf(age: number): RowCache {
    const columns = this.#look?.columns.map(({ id }) => id) ?? [];
    return new RowCache(
      age,
      columns,
      (first, count) => this.#ask('rows', { list: this.#list, first, count }),
      () => {
        this.#rowsCame();
      },
      this.#failed,
    );
  }

  #rowsCame(): void {
    if (this.active >= 0 && this.activeNumber === 0) this.#nameActive();
    this.#changed();
  }

  #begin(state: ListState): void {
    this.#state = state;
    this.#order = orderOf(state, fileOrder);
    this.#rows.close();
    this.#before = undefined;
    this.#rows = this.#cacheOf(state.age);
    this.#rows.grow(state.shown);
    this.#chosen.carry(this.isWhole ? this.#chosen.number - 1 : -1);
    this.#changed();
  }

  /** More of the same list. */
  #show(state: ListState): void {
    this.#state = state;
    this.#rows.grow(state.shown);
    this.#seek();
    this.#changed();
  }

  /** Goes over to a list of another age, once its first rows are here or the user has waited long enough. */
  async #adopt(): Promise<void> {
    this.#isAdopting = true;
    const end = performance.now() + patience;
    const place = this.#placeOnScreen();
    while (this.#state.age !== this.#incoming.age) {
      const { age } = this.#incoming;
      const order = orderOf(this.#incoming, this.#order);
      const isSame = isSameOrder(order, this.#order);
      const rows = this.#cacheOf(age);
      const found: Found = { active: -1, place: -1, isKnown: false };
      const view = { isSame, stand: this.#stand };
      const arrived = arrival(this, rows, this.#chosen.packet, place, view, found).catch(this.#failed);
      await Promise.race([pause(end - performance.now()), arrived]);
      // Without the rows a list of the same order can be shown all the same.
      if (this.#incoming.age !== age) {
        rows.close();
        continue;
      }
      const hasGrown = this.#incoming.shown !== this.#state.shown;
      this.#state = this.#incoming;
      this.#order = order;
      this.#rows.close();
      this.#before?.close();
      this.#before = isSame ? this.#rows : undefined;
      this.#rows = rows;
      rows.grow(this.#state.shown);
      // Rows that came in may have been sorted in among the others.
      if (!isSame || (order.sort && hasGrown)) this.#carryOver(place, found, isSame);
    }
    this.#isAdopting = false;
    this.#changed();
  }

  /** Selects in the new list what was selected in the old one, at the same place on screen. */
  #carryOver(place: Place | undefined, found: Found, isSame: boolean): void {
    this.#chosen.carry(-1);
    if (found.isKnown) {
      if (found.active >= 0) this.#reactivate(found.active);
      else if (this.#state.shown === 0) this.#selected(0);
      if (!isSame)
        this.#stand?.stand(place && found.place >= 0 ? positionFor(place, found.place, this.#stand) : 0);
    } else {
      if (!isSame) this.#stand?.stand(0);
      this.#lost = { place: isSame ? undefined : place, until: performance.now() + settleWithin };
      this.#seek();
    }
  }

  /** Looks for the packet that the user chose, once the filter has come past it. */
  #seek(): void {
    if (!this.#lost || !isPast(this.#state, this.#chosen.packet)) return;
    const { place, until } = this.#lost;
    this.#lost = undefined;
    void this.#findActive(performance.now() < until ? place : undefined);
  }

  async #findActive(place: Place | undefined): Promise<void> {
    if (this.#chosen.packet <= 0) return;
    const { age } = this.#state;
    try {
      const row = await this.rowOf(this.#chosen.packet);
      if (age !== this.#state.age || this.active >= 0) return;
      if (row < 0) {
        if (this.#state.phase === 'ready') this.#selected(0);
        return;
      }
      this.#reactivate(row);
      if (place?.number === this.#chosen.packet) this.#stand?.stand(row - place.offset);
      this.#changed();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Gives the focus to a row of the new list: to the packet that was chosen, or the one that stands for it. */
  #reactivate(row: number): void {
    this.#chosen.carry(row);
    this.#chosen.number = 0;
    this.#nameActive();
    if (this.activeNumber === 0) void this.#askName(row);
  }

  /** The row may be far from what is on screen, where nobody asks for it. */
  async #askName(row: number): Promise<void> {
    const { age } = this.#state;
    try {
      const { rows } = await this.#ask('rows', { list: this.#list, first: row, count: 1 });
      const number = rows[0]?.number;
      if (number === undefined || age !== this.#state.age) return;
      if (this.active !== row || this.activeNumber !== 0) return;
      this.#chosen.name(number);
      this.#selected(number);
      this.#changed();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Finds out the packet of the row that has the focus; rows that are not here yet are named when they come. */
  #nameActive(): void {
    const { row } = this.#chosen;
    const number = this.isWhole ? row + 1 : (this.row(row)?.number ?? 0);
    if (number === 0) return;
    this.#chosen.name(number);
    this.#selected(number);
  }

  /** What should stay where it is: the selected packet when it is on screen, else the first row that is. */
  #placeOnScreen(): Place | undefined {
    if (!this.#stand) return undefined;
    const { position, viewRows } = this.#stand;
    if (this.active + 1 > position && this.active < position + viewRows && this.activeNumber > 0)
      return { number: this.activeNumber, offset: this.active - position };
    const first = Math.ceil(position);
    const number = this.isWhole ? first + 1 : this.row(first)?.number;
    return number === undefined || position === 0 || this.#order.sort
      ? undefined
      : { number, offset: first - position };
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
