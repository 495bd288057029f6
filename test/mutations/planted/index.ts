import { deciding } from './deciding.ts';
import { keeping } from './keeping.ts';
import type { Mutation } from './mutation.ts';
import { sending } from './sending.ts';

export const mutations: readonly Mutation[] = [...sending, ...deciding, ...keeping];
