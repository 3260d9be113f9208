// Draws the states of a request, from the code, into ARCHITECTURE.md.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withDiagram } from './state-diagram.ts';

const file = path.resolve(import.meta.dirname, '../ARCHITECTURE.md');
writeFileSync(file, withDiagram(readFileSync(file, 'utf8')));
