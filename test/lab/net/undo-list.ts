/** Things made on this machine that must be unmade: remembered when made, undone last first. */
export type UndoList = {
  add: (what: string, undo: () => Promise<unknown>) => void;
  /** Undoes everything, whatever fails on the way; returns what could not be undone. */
  close: () => Promise<string[]>;
};

/** An empty {@link UndoList}. */
export function createUndoList(): UndoList {
  const steps: { what: string; undo: () => Promise<unknown> }[] = [];
  return {
    add: (what, undo) => void steps.push({ what, undo }),
    close: async () => {
      const problems: string[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step.undo();
        } catch (error) {
          problems.push(`${step.what}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      return problems;
    },
  };
}
