import { profiling } from '../world/bot.ts';
import { startProgram, type Program } from '../world/program.ts';

export interface Floor extends Program {
  readonly port: number;
}

const start = async (file: string, env: Readonly<Record<string, string>>): Promise<Floor> => {
  const program = await startProgram([...profiling(), `bench/floors/${file}`], env, /listens on (\d+)\./);
  return { ...program, port: Number(program.said) };
};

/** @param env what the channel wants a bot to have in its environment. */
export const startSdkBot = (env: Readonly<Record<string, string>>): Promise<Floor> => start('sdk-bot-main.ts', env);
export const startBareHttp = (status: number): Promise<Floor> => start('bare-http-main.ts', { STATUS: String(status) });
