import type { ExecuteAction } from './actions.ts';

export type Spacing = 'none' | 'small' | 'default' | 'medium' | 'large' | 'padding';
export type Tone = 'default' | 'good' | 'warning' | 'attention' | 'accent';

interface Placed {
  readonly id?: string;
  readonly spacing?: Spacing;
  readonly separator?: boolean;
  readonly isVisible?: boolean;
}

/** Our own words only: markdown is live here, and so are `{{DATE(…)}}` and `{{TIME(…)}}`. */
export interface TextBlock extends Placed {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly style?: 'heading';
  readonly size?: 'small' | 'default' | 'medium' | 'large';
  readonly weight?: 'bolder';
  readonly color?: Tone;
  readonly isSubtle?: boolean;
}

/** Shows its text as it is: the place for everything that others wrote. */
export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'small' | 'default' | 'medium' | 'large';
  readonly weight?: 'bolder';
  readonly color?: Tone;
  readonly isSubtle?: boolean;
}

export interface RichTextBlock extends Placed {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
}

export interface Container extends Placed {
  readonly type: 'Container';
  readonly style?: 'default' | 'emphasis' | 'good' | 'warning' | 'attention' | 'accent';
  readonly items: readonly Element[];
}

export interface Column {
  readonly type: 'Column';
  readonly width: 'stretch' | 'auto';
  readonly verticalContentAlignment?: 'center';
  readonly items: readonly Element[];
}

export interface ColumnSet extends Placed {
  readonly type: 'ColumnSet';
  readonly columns: readonly Column[];
}

export interface ActionSet extends Placed {
  readonly type: 'ActionSet';
  readonly actions: readonly Action[];
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

interface Input extends Placed {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: boolean;
  readonly errorMessage?: string;
}

export interface TextInput extends Input {
  readonly type: 'Input.Text';
  readonly placeholder?: string;
  readonly value?: string;
  readonly maxLength?: number;
  readonly isMultiline?: boolean;
}

export interface ChoiceInput extends Input {
  readonly type: 'Input.ChoiceSet';
  readonly style: 'compact' | 'expanded' | 'filtered';
  readonly choices: readonly Choice[];
  /** Of several, with commas between. */
  readonly value?: string;
  readonly isMultiSelect?: true;
  readonly wrap?: true;
  readonly placeholder?: string;
  /** Choices are asked for while somebody types. */
  readonly 'choices.data'?: { readonly type: 'Data.Query'; readonly dataset: string };
}

export interface ToggleInput extends Placed {
  readonly type: 'Input.Toggle';
  readonly id: string;
  readonly title: string;
  readonly value?: 'true' | 'false';
  readonly wrap: true;
}

export interface OpenUrlAction {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
}

/** Shows what is hidden, and hides it again; the card's own business, nobody is told. */
export interface ToggleVisibilityAction {
  readonly type: 'Action.ToggleVisibility';
  readonly title: string;
  readonly targetElements: readonly string[];
}

export type Action = ExecuteAction | OpenUrlAction | ToggleVisibilityAction;
export type Element =
  TextBlock | RichTextBlock | Container | ColumnSet | ActionSet | TextInput | ChoiceInput | ToggleInput;

/** What Teams shows of a card in every client: version 1.5. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly lang: string;
  /** Read out, and shown where cards are not. Our own words only. */
  readonly fallbackText: string;
  readonly speak?: string;
  readonly body: readonly Element[];
  readonly refresh?: { readonly action: ExecuteAction; readonly userIds: readonly string[] };
  readonly msteams?: { readonly width: 'Full' };
}
