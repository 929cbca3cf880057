/** How components reach the stage of their page. */
import { useStore } from 'zustand';
import { usePage } from '../context.ts';
import { type Stage, type StageState, stageOf } from './stage.ts';

export const useStage = (): Stage => stageOf(usePage());

export const useStageState = <T>(select: (state: StageState) => T): T => useStore(useStage(), select);
