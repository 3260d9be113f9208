/** Colours are the page's own properties, so that a card follows the theme without being drawn again. */
const foregroundColors = Object.fromEntries(
  ['default', 'accent', 'good', 'warning', 'attention', 'dark', 'light'].map((name) => [
    name,
    { default: `var(--card-${name})`, subtle: `var(--card-${name}-subtle)` },
  ]),
);

/** @param {string} name */
const containerStyle = (name) => ({
  backgroundColor: `var(--card-on-${name})`,
  borderColor: `var(--card-on-${name}-border)`,
  foregroundColors,
});

const fontSizes = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
const fontWeights = { lighter: 300, default: 400, bolder: 600 };

/** How Teams draws cards. */
export const teamsHostConfig = {
  supportsInteractivity: true,
  fontTypes: {
    default: { fontFamily: 'var(--font)', fontSizes, fontWeights },
    monospace: { fontFamily: 'var(--font-mono)', fontSizes, fontWeights },
  },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: Object.fromEntries(
    ['default', 'emphasis', 'accent', 'good', 'warning', 'attention'].map((name) => [name, containerStyle(name)]),
  ),
  // Below the name of the chat.
  textBlock: { headingLevel: 3 },
  textStyles: { heading: { size: 'large', weight: 'bolder' }, columnHeader: { weight: 'bolder' } },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'default', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'default' },
    },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small', weight: 'default' },
    debounceTimeInMilliSeconds: 150,
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    iconPlacement: 'leftOfTitle',
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
  },
  factSet: {
    title: { color: 'default', size: 'default', weight: 'bolder', isSubtle: false, wrap: true, maxWidth: 160 },
    value: { color: 'default', size: 'default', weight: 'default', isSubtle: false, wrap: true },
    spacing: 12,
  },
  adaptiveCard: { allowCustomStyle: false },
};
