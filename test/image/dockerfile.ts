/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** Only what ours is written with: no here-documents, no build arguments. */
export function instructionsOf(dockerfile: string): readonly Instruction[] {
  return dockerfile
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...rest] = line.split(/\s+/);
      return { name: name.toUpperCase(), rest: rest.join(' ') };
    });
}

/** What is copied out of the checkout, and where to. Copies between stages are none of these. */
export function copiesOf(
  instructions: readonly Instruction[],
): readonly { readonly from: string; readonly to: string }[] {
  return instructions
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from='))
    .flatMap(({ rest }) => {
      const parts = rest.split(' ');
      const to = parts.at(-1) ?? '.';
      return parts.slice(0, -1).map((from) => ({ from, to }));
    });
}

/** The arguments of an instruction that names a program (`["node", "bot/main.ts"]`), behind its own options. */
export function programOf(instructions: readonly Instruction[], name: 'CMD' | 'HEALTHCHECK'): readonly string[] {
  const rest = instructions.findLast((one) => one.name === name)?.rest ?? '';
  return JSON.parse(/\[.*\]$/.exec(rest)?.[0] ?? '[]') as string[];
}

/** @returns variables that are set in the image. */
export function environmentOf(instructions: readonly Instruction[]): Readonly<Record<string, string>> {
  const pairs = instructions.filter(({ name }) => name === 'ENV').flatMap(({ rest }) => rest.split(' '));
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}
