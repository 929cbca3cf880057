/** Opens the system's choice of files; the same files can be chosen once more. */
import type { ReactNode } from 'react';

interface FileChooserProps {
  readonly className?: string;
  readonly title?: string;
  /** Names and types that are asked for: `.csv,text/plain`. */
  readonly accept?: string;
  readonly multiple?: boolean;
  /** A whole folder is chosen. */
  readonly isFolder?: boolean;
  readonly disabled?: boolean;
  /** One at least. */
  readonly onChoose: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

export function FileChooser({
  className = '',
  title,
  accept,
  multiple,
  isFolder,
  disabled,
  onChoose,
  children,
}: FileChooserProps) {
  return (
    <label className={`file-chooser ${className}`} title={title}>
      <input
        type="file"
        {...{ accept, multiple, disabled }}
        {...(isFolder && { webkitdirectory: '' })}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = ''; // or the same files would be no change
          if (files.length > 0) onChoose(files);
        }}
      />
      {children}
    </label>
  );
}
