import { EDGES, STATES } from '../services/requests/life.ts';

const BEGIN = '<!-- states: begin -->';
const END = '<!-- states: end -->';

/** The states and their edges as a Mermaid diagram. */
export function stateDiagram(): string {
  const edges = STATES.flatMap((from) =>
    EDGES[from].length === 0 ? [`  ${from} --> [*]`] : EDGES[from].map((to) => `  ${from} --> ${to}`),
  );
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> draft', ...edges, '```'].join('\n');
}

/** The text with the diagram between its marks. */
export function withDiagram(text: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('ARCHITECTURE.md has lost the marks around its state diagram');
  return `${text.slice(0, begin + BEGIN.length)}\n\n${stateDiagram()}\n\n${text.slice(end)}`;
}
