import { counted, grouped } from '../../core/base/words.js';
import type {
  CaptureViewCommand,
  CaptureViewStart,
  ChosenColours,
  ExportOutcome,
  RememberedFilters,
} from '../../rpc/captureView.js';
import type { FilterCompletion, FilterMistake, ListEvents, TimeWish } from '../../rpc/packetList.js';
import { t } from '../l10n.js';
import { CaptureModel, errorText, type AskHost } from './captureModel.js';
import { CapturePanes } from './capturePanes.js';
import { lastingDamage } from './damageText.js';
import { Finder, type Search } from './finder.js';
import { ListModel } from './listModel.js';
import { ListTicks } from './listTicks.js';
import { Look } from './look.js';
import { StateKeeper, type StateStore } from './stateKeeper.js';
import { listen } from './viewEvents.js';
import { ViewActions, type Overlay } from './viewActions.js';
import { readFilters } from './viewState.js';

/** How long the status line says what was just done. */
const noteMilliseconds = 4000;

/** What of the filter bar the rest needs. */
export interface BarField {
  readonly text: string;
  prepare(text: string): void;
  focus(): void;
}

/** All that the capture view knows and does; the elements show it and tell it what the user wants. */
export class CaptureController {
  readonly model: CaptureModel;
  readonly list: ListModel;
  readonly look: Look;
  readonly finder: Finder;
  readonly ticks: ListTicks;
  readonly keeper: StateKeeper;
  readonly panes: CapturePanes;
  readonly actions: ViewActions;
  /** What the page says while the file is opened. */
  readonly opening: string;
  /** Why the file is not opened without being asked twice. */
  tooLarge: CaptureViewStart['tooLarge'];
  filters: RememberedFilters;
  /** What was wrong with the filter that was tried last. */
  mistakes: readonly FilterMistake[] = [];
  overlay: Overlay | undefined;
  /** Grows whenever the overlay is asked for: then it takes the keyboard. */
  overlayAsked = 0;
  /** What was just done. */
  note = '';
  /** What became of the last export, until it is put away. */
  outcome: ExportOutcome | undefined;
  bar: BarField | undefined;
  #wrongColours: readonly string[];
  #noteTimer: ReturnType<typeof setTimeout> | undefined;
  /** The age of the list that the last hit was found in. */
  #foundAge = -1;

  /** `store` keeps what the page must know when it is shown again; `changed` is called when there is something new to show. */
  constructor(
    readonly ask: AskHost,
    store: StateStore,
    start: CaptureViewStart,
    private readonly told: () => void,
  ) {
    const { list } = start;
    this.opening = start.opening;
    this.tooLarge = start.tooLarge;
    this.filters = readFilters(start.filters);
    this.#wrongColours = start.mistakes;
    this.keeper = new StateKeeper(store, start.sizes, (sizes) => {
      this.#tell(ask('remember', sizes));
    });
    const changed = (): void => {
      this.#changed();
    };
    const failed = (error: unknown): void => {
      this.model.noteTrouble(error);
    };
    this.model = new CaptureModel(ask, changed);
    this.list = new ListModel(ask, list, {
      changed,
      failed,
      selected: (number) => {
        this.keeper.change({ packet: number });
        this.model.select(number);
      },
    });
    this.look = new Look(start, this.keeper.state.reference, {
      changed: () => {
        this.keeper.change({ reference: this.look.time.reference ?? 0 });
        this.#tell(this.list.setLook(this.look.wish));
        changed();
      },
      remember: (look) => {
        this.#tell(ask('rememberLook', look));
      },
    });
    this.ticks = new ListTicks(
      {
        rowOf: (number) => this.list.rowOf(number),
        nextMark: (number) => ask('nextMark', { list, number }),
      },
      changed,
      failed,
    );
    this.finder = new Finder({
      ask: (search, from) => ask('find', { ...search, list, from }),
      from: (backwards) => this.#findFrom(backwards),
      found: (row) => {
        this.#foundAge = this.list.state.age;
        this.ticks.foundAt(row);
        this.panes.goToRow(row);
      },
      changed,
      failed: (message) => {
        this.say(message);
      },
    });
    this.panes = new CapturePanes(this);
    this.panes.layout = start.layout;
    listen(this.panes, 'follow-ended', () => {
      this.actions.follow(false);
    });
    listen(this.panes, 'find-step', (by) => {
      this.findStep(by);
    });
    listen(this.panes, 'filter-asked', () => {
      this.bar?.focus();
    });
    listen(this.panes, 'filter-wanted', (text) => {
      this.#tell(this.applyFilter(text));
    });
    this.actions = new ViewActions({
      ask,
      model: this.model,
      list: this.list,
      look: this.look,
      finder: this.finder,
      panes: this.panes,
      keeper: this.keeper,
      say: (note) => {
        this.say(note);
      },
      open: (overlay) => {
        this.openOverlay(overlay);
      },
      exported: (outcome) => {
        this.outcome = outcome;
        this.say(outcome.message);
      },
      bar: {
        text: () => this.bar?.text ?? this.list.newest.filter,
        prepare: (text) => {
          this.bar?.prepare(text);
        },
        focus: () => {
          this.bar?.focus();
        },
        apply: (text) => {
          this.#tell(this.applyFilter(text));
        },
      },
    });
    // The packet that was on screen before the page was hidden.
    this.model.select(this.keeper.state.packet);
  }

  /** Sentences about colour rules that cannot be used: they are no rules, or their filters are wrong. */
  get wrongColours(): readonly string[] {
    return [...this.#wrongColours, ...this.list.lookMistakes.colours];
  }

  /** Opens the file, or opens it again after trouble, and its list as it was left. */
  async open(): Promise<void> {
    const { packet, filter, sort } = this.keeper.state;
    await this.model.open();
    if (this.model.stage.kind === 'ready')
      await this.list.open(this.look.wish, { number: packet, filter, sort });
  }

  /** Opens a file that is larger than the settings allow. */
  async openAnyway(): Promise<void> {
    this.tooLarge = undefined;
    await this.ask('openAnyway', undefined);
    await this.open();
  }

  setColours({ colours, mistakes }: ChosenColours): void {
    this.#wrongColours = mistakes;
    this.look.setColours(colours);
  }

  /** The session told how a list stands. */
  listStands(state: ListEvents['list']): void {
    this.list.update(state);
  }

  /** The session told how many packets are marked. */
  marksAre({ marked }: ListEvents['marks']): void {
    this.list.marksChanged(marked);
  }

  /** The session told how far a search or an export is. */
  worked({ list, what, share }: ListEvents['work']): void {
    if (list !== this.list.state.list) return;
    if (what === 'find') this.finder.progress(share);
  }

  /** Does what the palette, a key or a menu asks for; `time` comes with `timeFormat`. */
  command(command: CaptureViewCommand, time?: TimeWish): void {
    if (this.model.packets > 0 || command === 'properties') this.actions.run(command, time);
  }

  /** Shows the packets that match; with `isEntered` the keyboard then goes to them. */
  async applyFilter(text: string, isEntered = false): Promise<void> {
    const mistakes = await this.list.filter(text);
    this.mistakes = mistakes;
    if (mistakes.length > 0) {
      // A text from a menu is shown in the bar with what is wrong with it.
      if (!isEntered) this.bar?.prepare(text);
    } else if (isEntered) this.panes.focusPane('list');
    this.#changed();
  }

  keepFilters(filters: RememberedFilters): void {
    this.filters = filters;
    this.#tell(this.ask('rememberFilters', filters));
    this.#changed();
  }

  async goTo(number: number): Promise<void> {
    this.overlay = undefined;
    this.panes.focusPane('list');
    const row = await this.panes.goTo(number);
    if (row >= 0 && !this.list.isWhole) {
      const { rows } = await this.ask('rows', { list: this.list.state.list, first: row, count: 1 });
      if (rows[0] && rows[0].number !== number)
        this.say(t('Packet {0} is not shown by the filter; this one is next to it.', grouped(number)));
    }
    this.#changed();
  }

  /** Puts something over the panes and gives it the keyboard; pages that are there already are put away. */
  openOverlay(overlay: Overlay): void {
    const isPage = overlay === 'columns' || overlay === 'properties';
    if (isPage && this.overlay === overlay) {
      this.closeOverlay();
      return;
    }
    this.overlay = overlay;
    this.overlayAsked++;
    this.#changed();
  }

  /** Puts away what lies over the panes; the keyboard goes back to them. */
  closeOverlay(): void {
    this.overlay = undefined;
    this.#changed();
    this.panes.focusPane(this.keeper.state.pane);
  }

  /** What lies over the panes has lost the keyboard: it goes without taking it back. */
  dropOverlay(): void {
    this.overlay = undefined;
    this.#changed();
  }

  async find(search: Search): Promise<void> {
    await this.finder.find(search);
  }

  /** The next match of what was looked for; without any, the bar that asks for it. */
  findStep(by: 1 | -1): void {
    this.actions.run(by > 0 ? 'findNext' : 'findPrevious');
  }

  readonly complete = (text: string, at: number): Promise<readonly FilterCompletion[]> =>
    this.ask('complete', { text, at });

  readonly check = (text: string): Promise<readonly FilterMistake[]> => this.ask('check', { text });

  say(note: string): void {
    this.note = note;
    clearTimeout(this.#noteTimer);
    this.#noteTimer = setTimeout(() => {
      this.note = '';
      this.told();
    }, noteMilliseconds);
    this.told();
  }

  /** What a screen reader is told of the list, once a number is final: while it grows, every step would drown all else. */
  get spokenCount(): string {
    const { stage } = this.model;
    const { filter, phase, shown, packets } = this.list.state;
    if (stage.kind !== 'ready' || phase !== 'ready') return '';
    if (filter !== '') return t('{0} of {1}', grouped(shown), counted(packets, t('packet'), t('packets')));
    return stage.summary.done ? counted(stage.summary.packets, t('packet'), t('packets')) : '';
  }

  /** Where a search begins: the row with the focus, which is looked at last; else the row before the first one. */
  #findFrom(backwards: boolean): number {
    const { total, active } = this.list;
    if (active >= 0) return active;
    return backwards ? 0 : Math.max(0, total - 1);
  }

  #changed(): void {
    const { list, model } = this;
    const { age, filter, sort } = list.newest;
    if (model.stage.kind === 'ready') {
      if (age >= 0) this.keeper.change({ filter, sort });
      if (model.stage.summary.done) list.settle();
      this.ticks.update(list, lastingDamage(model.stage.summary));
    }
    if (this.finder.row !== undefined && list.state.age !== this.#foundAge) {
      this.finder.forgetRow();
      this.ticks.foundAt(undefined);
    }
    this.panes.revision++;
    this.told();
  }

  /** What goes wrong with something nobody waits for is said. */
  #tell(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.say(errorText(error));
    });
  }
}
