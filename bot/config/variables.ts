import type { z } from 'zod';
import type { VariableName } from './names.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
type Schema<T> = z.ZodType<T, string>;

/**
 * Reads variables one at a time and notes what is wrong, so that all faults are told at once. Once a fault is noted
 * the configuration is not used, whatever was read in place of the value at fault.
 */
export class Variables {
  readonly #env: Environment;
  readonly #faults: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  /** One line a fault, each beginning with the names at fault; never a value. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  fault(names: VariableName | readonly VariableName[], sentence: string): void {
    this.#faults.push(`${[names].flat().join(', ')}: ${sentence}`);
  }

  /** For what is not ours, and decides about us all the same. */
  foreignFault(name: string, sentence: string): void {
    this.#faults.push(`${name}: ${sentence}`);
  }

  /** What is empty counts as not set. */
  isSet(name: VariableName): boolean {
    return this.#text(name) !== undefined;
  }

  optional<T>(name: VariableName, schema: Schema<T>): T | undefined {
    const text = this.#text(name);
    if (text === undefined) return undefined;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    this.fault(name, parsed.error.issues[0]?.message ?? 'cannot be read');
    return undefined;
  }

  withDefault<T>(name: VariableName, schema: Schema<T>, otherwise: NoInfer<T>): T {
    return this.optional(name, schema) ?? otherwise;
  }

  /** @param placeholder stands where nothing can be read. Never used: a fault is noted then. */
  required<T>(name: VariableName, schema: Schema<T>, placeholder: NoInfer<T>): T {
    if (!this.isSet(name)) this.fault(name, 'is required');
    return this.withDefault(name, schema, placeholder);
  }

  #text(name: VariableName): string | undefined {
    const text = this.#env[name]?.trim();
    return text === '' ? undefined : text;
  }
}
