/** A part of the page that takes files of its own: those that are dropped on it are not the whole page's. */
import { type DragEvent, useState } from 'react';

/** Whether something is dragged that comes from outside of the page, as files. */
export const holdsFiles = ({ dataTransfer }: { readonly dataTransfer: DataTransfer | null }): boolean =>
  dataTransfer?.types.includes('Files') === true;

/** What an element of class `drop-zone` is given. `take` is called while the event is told. */
export function useDropZone(take: (data: DataTransfer) => void) {
  const [isOver, setIsOver] = useState(false);
  return {
    'data-over': isOver || undefined,
    onDragOver(event: DragEvent) {
      if (!holdsFiles(event)) return;
      event.preventDefault(); // or the browser would leave the page for the file
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop(event: DragEvent) {
      setIsOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      take(event.dataTransfer);
    },
  } as const;
}
