import { z } from 'zod';

/** How real Teams is to be, as a tester chooses it on the page. */
export const TeamsSetting = z.object({
  /** Whether what comes is signed, people have to sign in, and each click is delivered four times. */
  isReal: z.boolean(),
  /** What Teams single sign-on is good for there. */
  signOn: z.enum(['enough', 'no-second-factor', 'no-consent', 'entra-down']),
});
export type TeamsSetting = z.output<typeof TeamsSetting>;

/** Changes what plays Teams, and starts the bot anew for it; its end is waited for. */
export type ChangeTeams = (setting: TeamsSetting) => Promise<void>;

/** What is set now, and whether that is being changed. */
export interface ShownTeams extends TeamsSetting {
  readonly isChanging: boolean;
  /** Whether the last change did not work. */
  readonly hasFailed?: boolean;
}

/** The page's switch: one change after the other, and everybody who looks on is told of each. */
export class TeamsSwitch {
  readonly #change: ChangeTeams;
  readonly #onShown: () => void;
  #shown: ShownTeams = { isReal: false, signOn: 'enough', isChanging: false };
  #turn: Promise<void> = Promise.resolve();

  constructor(change: ChangeTeams, onShown: () => void) {
    this.#change = change;
    this.#onShown = onShown;
  }

  get shown(): ShownTeams {
    return this.#shown;
  }

  set(setting: TeamsSetting): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const { isReal, signOn } = this.#shown;
      this.#show({ ...setting, isChanging: true });
      try {
        await this.#change(setting);
        this.#show({ ...setting, isChanging: false });
      } catch (error) {
        this.#show({ isReal, signOn, isChanging: false, hasFailed: true });
        throw error;
      }
    });
    const done = this.#turn;
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #show(shown: ShownTeams): void {
    this.#shown = shown;
    this.#onShown();
  }
}
