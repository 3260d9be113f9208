import {
  WaterfallDialog,
  type Dialog,
  type DialogTurnResult,
  type WaterfallStep,
  type WaterfallStepContext,
} from './sdk-dialogs.ts';
import type { TurnContext } from 'botbuilder';
import type { CardPrompt, ShownPrompt } from './card-prompt.ts';

declare const answer: unique symbol;

/** A turn's result that promises the next step an answer of type `T`. The promise exists only in the types. */
export interface Awaits<T> extends DialogTurnResult {
  readonly [answer]?: T;
}

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
/** What a dialog is begun with and remembers goes through storage between turns, so it is JSON and nothing else. */
export type Memory = Readonly<Record<string, Json>>;

/** What a waterfall is begun with, and what it comes to. */
export interface Shape {
  readonly options: Memory;
  readonly result: unknown;
}

/** A dialog that can be begun by another one with these options, and ends with this result. */
export interface Begins<S extends Shape> extends Dialog {
  readonly shape?: S;
}

/** One turn as a step sees it: typed where `WaterfallStepContext` says `any`. */
export class Turn<S extends Shape, Answer> {
  readonly #step: WaterfallStepContext;

  constructor(step: WaterfallStepContext) {
    this.#step = step;
  }

  get context(): TurnContext {
    return this.#step.context;
  }
  /** What the step before asked for. */
  get answer(): Answer {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- botbuilder says `any`; waterfall() below proves the type
    return this.#step.result;
  }
  /** What the waterfall was begun with. */
  get options(): S['options'] {
    return this.#step.options;
  }

  /** Shows a card and waits for what is done with it. */
  ask<T>(prompt: CardPrompt<T>, shown: ShownPrompt): Promise<Awaits<T>> {
    return this.#step.beginDialog(prompt.id, shown);
  }
  /** Lets another dialog go on; its result is the next step's answer. */
  run<Other extends Shape>(dialog: Begins<Other>, options: Other['options']): Promise<Awaits<Other['result']>> {
    return this.#step.beginDialog(dialog.id, options);
  }
  /** Goes straight to the next step, as if somebody had answered. */
  pass<T>(value: T): Promise<Awaits<T>> {
    return this.#step.next(value);
  }
  /** Begins this waterfall anew, in the same turn. */
  again(options: S['options']): Promise<Awaits<never>> {
    const { id } = this.#step.activeDialog ?? {};
    if (id === undefined) throw new Error('a running waterfall is the active dialog');
    return this.#step.replaceDialog(id, options);
  }
  end(result: S['result']): Promise<Awaits<never>> {
    return this.#step.endDialog(result);
  }
}

export interface Waterfall<S extends Shape, Answer> {
  step<Next>(run: (turn: Turn<S, Answer>) => Promise<Awaits<Next>>): Waterfall<S, Next>;
  build(): WaterfallDialog;
}

/**
 * Builds a waterfall whose steps must agree: what one asks for is what the next receives.
 *
 * @param id with a version behind `@`: conversations that wait in the middle of another version are dropped.
 */
export function waterfall<S extends Shape>(id: string): Waterfall<S, undefined> {
  return extend(id, []);
}

function extend<S extends Shape, Answer>(id: string, steps: readonly WaterfallStep[]): Waterfall<S, Answer> {
  return {
    step: (run) => extend(id, [...steps, (step) => run(new Turn(step))]),
    build: () => new WaterfallDialog(id, [...steps]),
  };
}
