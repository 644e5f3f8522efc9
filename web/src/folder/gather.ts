/** A file and where it lay, `folder/name.vtt`. */
export interface Gathered {
  readonly file: File
  readonly path: string
}

const childrenOf = async (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  // A reader hands over a hundred at a time, and none when it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0) return all
    all.push(...some)
  }
}

const filesIn = async (entry: FileSystemEntry): Promise<Gathered[]> => {
  if (entry.isDirectory) {
    const children = await childrenOf(entry as FileSystemDirectoryEntry)
    return (await Promise.all(children.map(filesIn))).flat()
  }
  const file = await new Promise<File>((resolve, reject) => {
    ;(entry as FileSystemFileEntry).file(resolve, reject)
  })
  return [{ file, path: entry.fullPath.replace(/^\//, '') }]
}

/** Everything that was dropped, folders gone through. */
export const gatherDropped = async (data: DataTransfer): Promise<Gathered[]> => {
  // The list is emptied as soon as the event is over: entries are taken first.
  const entries = [...data.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null)
  return (await Promise.all(entries.map(filesIn))).flat()
}

export const gatherChosen = (files: FileList | null): Gathered[] =>
  [...(files ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name }))
